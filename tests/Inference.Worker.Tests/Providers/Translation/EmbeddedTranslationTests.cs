using Microsoft.Extensions.Logging.Abstractions;
using Voice.Core.Providers;
using Voice.Inference.Translation;

namespace Voice.Inference.Tests.Providers.Translation;

public sealed class EmbeddedTranslationTests : TranslationConformance
{
    private readonly ApertiumPipelines _pipelines = new(TimeProvider.System, NullLogger<ApertiumPipeline>.Instance);

    private protected override ITranslator Translator => new EmbeddedTranslator(_pipelines);

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => _pipelines.DisposeAsync().AsTask();
}
