using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Migrations;

internal sealed partial class MigrationRunner
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Schema {Schema}: applied {Owner} migration {Number} {Name}")]
        public static partial void Applied(ILogger logger, string schema, string owner, int number, string name);
    }
}
