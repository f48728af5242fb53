namespace Aspire.Hosting.ApplicationModel;

public class RedisResource : ContainerResource
{
    internal RedisResource(IResource inner) : base(inner.Name) => Annotations = inner.Annotations;

    public override ResourceAnnotationCollection Annotations { get; }
}
