using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>What the server writes outlives the run.</summary>
internal sealed class DataVolume : IResourceAnnotation;
