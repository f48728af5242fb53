using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Asked for by <c>RunAsContainer</c> or <c>RunAsEmulator</c>: the Azure resource has a stand-in on this machine.</summary>
internal sealed class RunsHere : IResourceAnnotation;
