using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>The connector of steps of type <c>http</c>; other features of the worker have their own, with their own rules.</summary>
internal sealed record PipelineConnector(OutboundConnector Connector);
