using System.Data;
using Dapper;

namespace Voice.ServiceDefaults.Migrations;

/// <summary>
/// How rows become records: <c>started_at</c> is <c>StartedAt</c>, and a <c>timestamptz</c> (which Npgsql reads as a UTC
/// <see cref="DateTime"/>) is a <see cref="DateTimeOffset"/>, also in a record's constructor.
/// </summary>
internal static class DapperConventions
{
    public static void Apply()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new DateTimeOffsetHandler());
    }

    private sealed class DateTimeOffsetHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset offset => offset,
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            _ => throw new DataException($"A {value.GetType().Name} is no point in time."),
        };

        // Npgsql writes only UTC to timestamptz.
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }
}
