using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Mail;

/// <summary>Section <c>Mail</c>. Without a host nothing leaves: mails are kept for the owner's outbox page.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>STARTTLS. Only a server on the same machine may do without.</summary>
    public bool UseTls { get; set; } = true;

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public string? From { get; set; }

    /// <summary>Where people reach the platform: what links in mails begin with. Never taken from a request, whose Host header anybody can write.</summary>
    public Uri? PublicUrl { get; set; }

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsConfigured => !string.IsNullOrEmpty(Host);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            yield break;
        }

        if (string.IsNullOrEmpty(From) || !System.Net.Mail.MailAddress.TryCreate(From, out _))
        {
            yield return new ValidationResult("is missing or no e-mail address: set Mail__From.", [nameof(From)]);
        }

        if (PublicUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
        {
            yield return new ValidationResult("is missing or no web address: set Mail__PublicUrl to where people reach the platform.", [nameof(PublicUrl)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class MailOptionsValidator : IValidateOptions<MailOptions>;
