using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Voice.Core.Simulation;

namespace Voice.Inference.Engines;

/// <summary>Configuration section <c>Engines</c>: which engine answers for each capability, when a request does not name a model.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Engines";

    [ValidateObjectMembers]
    public CapabilityOptions Transcription { get; set; } = new();

    [ValidateObjectMembers]
    public CapabilityOptions Chat { get; set; } = new();

    [ValidateObjectMembers]
    public CapabilityOptions Speech { get; set; } = new();

    [ValidateObjectMembers]
    public SimulationOptions Simulated { get; set; } = new();
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;
