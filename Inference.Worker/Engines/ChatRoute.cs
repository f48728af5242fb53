using Microsoft.Extensions.AI;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Engines;

/// <param name="Forward">Set where all candidates have OpenAI's shape themselves: the request goes to them whole, and the engine is not asked.</param>
internal sealed record ChatRoute(EngineRoute<IChatClient> Route, ChainedForwarder? Forward)
{
    public string Name => Route.Name;

    public string Label => Route.Label;
}
