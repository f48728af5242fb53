namespace Voice.Export.Exports;

internal sealed record ExportItem(string Id, string Kind, string Blob, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, ExportSummary Summary);

internal sealed record ExportList(IReadOnlyList<ExportItem> Data);
