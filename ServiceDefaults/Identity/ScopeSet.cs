namespace Voice.ServiceDefaults.Identity;

/// <summary>Some of <see cref="Scopes.All"/>. A value: two callers that may do the same are equal. As text, the names with a space between, as OAuth has it.</summary>
public readonly record struct ScopeSet
{
    private readonly ulong _bits;

    private ScopeSet(ulong bits) => _bits = bits;

    public static ScopeSet None => default;

    public static ScopeSet Everything { get; } = new((1UL << Scopes.All.Count) - 1);

    public bool IsEmpty => _bits == 0;

    public IEnumerable<string> Names
    {
        get
        {
            var bits = _bits;
            return Scopes.All.Where((_, index) => (bits & (1UL << index)) != 0);
        }
    }

    public static ScopeSet operator &(ScopeSet left, ScopeSet right) => new(left._bits & right._bits);

    public static ScopeSet operator |(ScopeSet left, ScopeSet right) => new(left._bits | right._bits);

    /// <exception cref="ArgumentException">There is no such scope.</exception>
    public static ScopeSet Of(params ReadOnlySpan<string> scopes)
    {
        var bits = 0UL;
        foreach (var scope in scopes)
        {
            bits |= Bit(scope) is var bit and not 0 ? bit : throw new ArgumentException($"'{scope}' is no scope.", nameof(scopes));
        }

        return new ScopeSet(bits);
    }

    /// <summary>What is no scope of ours allows nothing, and is left out.</summary>
    public static ScopeSet Parse(string? text)
    {
        var bits = 0UL;
        var rest = text.AsSpan();
        foreach (var range in rest.Split(' '))
        {
            bits |= Bit(rest[range]);
        }

        return new ScopeSet(bits);
    }

    public bool Contains(string scope) => (_bits & Bit(scope)) != 0;

    /// <summary>Whether all of <paramref name="other"/> are among these.</summary>
    public bool Includes(ScopeSet other) => (other._bits & ~_bits) == 0;

    public ScopeSet Without(ScopeSet other) => new(_bits & ~other._bits);

    public override string ToString() => string.Join(' ', Names);

    private static ulong Bit(ReadOnlySpan<char> scope)
    {
        for (var index = 0; index < Scopes.All.Count; index++)
        {
            if (scope.SequenceEqual(Scopes.All[index]))
            {
                return 1UL << index;
            }
        }

        return 0;
    }
}
