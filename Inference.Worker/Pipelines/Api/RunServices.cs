using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Http;

namespace Voice.Inference.Pipelines.Api;

internal sealed class RunServices(PipelineStore pipelines, RunStore runs, RunReader reader, RunRequests requests, RunLoader loader, PipelineFiles files, PageCursors cursors)
{
    public PipelineStore Pipelines { get; } = pipelines;

    public RunStore Runs { get; } = runs;

    public RunReader Reader { get; } = reader;

    public RunRequests Requests { get; } = requests;

    public RunLoader Loader { get; } = loader;

    public PipelineFiles Files { get; } = files;

    public PageCursors Cursors { get; } = cursors;
}
