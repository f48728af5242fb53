using System.Text;

namespace Voice.Gateway.Passwords;

/// <summary>
/// What may become a password: long enough, and not among what an attacker tries first. No rules about kinds of characters, they make
/// passwords worse (NIST SP 800-63B). Common passwords, names, words, keyboard walks, dates and sequences are known to Zxcvbn's lists,
/// which are in its assembly: nothing is asked over the network.
/// </summary>
internal static class PasswordPolicy
{
    public const int MinLength = 12;
    public const int MaxLength = 256;

    /// <summary>Zxcvbn's scale ends at 4; below 3 a password falls to somebody who has a copy of its hash and a day.</summary>
    private const int MinScore = 3;

    /// <summary>Its time grows with the square of the length, and what comes after this many characters makes a password only better.</summary>
    private const int Judged = 64;

    private const int MinDistinct = 5;

    private static readonly string[] OurWords = ["voiceaspire", "voice", "aspire"];

    /// <param name="about">What others know about the person: e-mail address, names.</param>
    /// <returns>Null where it is good enough.</returns>
    public static PasswordProblem? Check(string password, params IEnumerable<string?> about)
    {
        if (!IsText(password))
        {
            return PasswordProblem.NotText;
        }

        var normal = password.Normalize(NormalizationForm.FormKC);
        if (normal.Length < MinLength)
        {
            return PasswordProblem.TooShort;
        }

        if (normal.Length > MaxLength || password.Length > MaxLength)
        {
            return PasswordProblem.TooLong;
        }

        var known = about.Concat(OurWords).SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (IsMostly(normal, known))
        {
            return PasswordProblem.AboutYou;
        }

        return normal.Distinct().Count() < MinDistinct || IsRepeated(normal)
            || Zxcvbn.Zxcvbn.MatchPassword(normal[..Math.Min(normal.Length, Judged)], known).Score < MinScore
            ? PasswordProblem.Common
            : null;
    }

    /// <summary>False for half of a surrogate pair, which has no normal form.</summary>
    internal static bool IsText(string password)
    {
        for (var i = 0; i < password.Length; i++)
        {
            if (char.IsSurrogate(password[i]) && !(i + 1 < password.Length && char.IsSurrogatePair(password[i], password[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>jorge.smith@example.com gives the whole, jorge.smith, jorge, smith, example.</summary>
    private static IEnumerable<string> Parts(string? text) => text is null
        ? []
        : text.Split(['@', '.', ' ', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Append(text.Split('@')[0]).Append(text).Where(p => p.Length >= 4);

    /// <summary>What is left without the known words must be long enough by itself to be worth guessing.</summary>
    private static bool IsMostly(string password, IEnumerable<string> known)
    {
        var rest = password;
        foreach (var word in known.OrderByDescending(w => w.Length))
        {
            rest = rest.Replace(word, "", StringComparison.OrdinalIgnoreCase);
        }

        return rest.Length < password.Length && rest.Length < MinLength / 2;
    }

    /// <summary>hunter2hunter2hunter2 is as good as hunter2.</summary>
    private static bool IsRepeated(string password) =>
        (password + password).IndexOf(password, 1, StringComparison.OrdinalIgnoreCase) < password.Length;
}
