using Microsoft.Extensions.AI;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Engines;

/// <param name="Forward">Set where all candidates have OpenAI's shape themselves: the request goes to them whole, and the engine is not asked.</param>
internal sealed record ChatRoute(EngineRoute<IChatClient> Route, HedgedForwarder? Forward)
{
    public string Name => Route.Name;

    public string Label => Route.Label;
}
