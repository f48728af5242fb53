using Microsoft.AspNetCore.Identity;
using Voice.Gateway.Authentication;
using Voice.Gateway.Mail;
using Voice.Gateway.OpenId;
using Voice.Gateway.Organizations;
using Voice.Gateway.Organizations.Invitations;
using Voice.Gateway.PasswordResets;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.SignIn;
using Voice.Gateway.SignUp;
using Voice.ServiceDefaults;

namespace Voice.Gateway.Accounts;

/// <summary>People: how they come in, what they belong to, what is mailed to them.</summary>
internal static class PeopleExtensions
{
    /// <summary>PBKDF2 with HMAC-SHA512, as OWASP asks for it in 2026; what was hashed with less is hashed again at the next sign-in.</summary>
    public const int PasswordIterations = 220_000;

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
        services.AddSingleton<IPasswordHasher<UserAccount>, PasswordHasher<UserAccount>>();
        services.AddSingleton<UserDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<UserDirectory>());
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignInChallenges>();
        services.AddSingleton<SignInCompletion>();
        services.AddSingleton<SignInContinuation>();
        services.AddOpenId();
        services.AddSingleton<FreshProof>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<SecurityNotices>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<PasswordResets.PasswordResets>();
        services.AddSingleton<Memberships>();
        services.AddSingleton<MemberChanges>();
        services.AddSingleton<Invitations>();
        services.AddHostedService<SeedAccounts>();

        services.AddSectionOptions<MailOptions, MailOptionsValidator>(MailOptions.Section);
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<IMailTransport, SmtpTransport>();
        services.AddHostedService<MailPump>();
        return services;
    }

    public static void MapPeople(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapSignInApi();
        endpoints.MapCurrentSignInApi();
        endpoints.MapOpenIdApi();
        endpoints.MapLinkedProvidersApi();
        endpoints.MapSignUpApi();
        endpoints.MapPasswordResetApi();
        endpoints.MapAccountApi();
        endpoints.MapOrganizationsApi();
        endpoints.MapMembersApi();
        endpoints.MapInvitationsApi();
        endpoints.MapOutboxApi();
    }
}
