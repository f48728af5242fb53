using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using VoiceAspire.Offline.Surface;

// Aspire.Hosting 13.5: what AppHost/Azure uses beyond the part that offline/Hosting runs.
namespace Aspire.Hosting.ApplicationModel
{
    [Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public enum ProbeType
    {
        Startup = 0,
        Readiness = 1,
        Liveness = 2,
    }

    public class ReferenceExpression : IExpressionValue
    {
        internal ReferenceExpression() => throw SignatureOnly.Of("Aspire.Hosting");

        public string ValueExpression => throw SignatureOnly.Of("Aspire.Hosting");

        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => throw SignatureOnly.Of("Aspire.Hosting");

        public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => throw SignatureOnly.Of("Aspire.Hosting");

        [InterpolatedStringHandler]
        public ref struct ExpressionInterpolatedStringHandler
        {
            public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) => throw SignatureOnly.Of("Aspire.Hosting");

            public readonly void AppendLiteral(string value) => throw SignatureOnly.Of("Aspire.Hosting");

            public void AppendFormatted<T>(T valueProvider)
                where T : IValueProvider, IManifestExpressionProvider => throw SignatureOnly.Of("Aspire.Hosting");
        }
    }
}

namespace Aspire.Hosting
{
    public static class ResourceBuilderExtensions
    {
        public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
            where T : IResourceWithEnvironment => throw SignatureOnly.Of("Aspire.Hosting");

        [Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
        public static IResourceBuilder<T> WithHttpProbe<T>(
            this IResourceBuilder<T> builder, ProbeType type, string? path = null, int? initialDelaySeconds = null, int? periodSeconds = null,
            int? timeoutSeconds = null, int? failureThreshold = null, int? successThreshold = null, string? endpointName = null)
            where T : IResourceWithEndpoints, IResourceWithProbes => throw SignatureOnly.Of("Aspire.Hosting");
    }
}
