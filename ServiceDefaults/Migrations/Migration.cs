namespace Voice.ServiceDefaults.Migrations;

/// <summary>One numbered file.</summary>
/// <param name="Checksum">SHA-256 of the text with line endings normalised, so that a checkout on Windows is the same file.</param>
internal sealed record Migration(int Number, string Name, string Sql, string Checksum);
