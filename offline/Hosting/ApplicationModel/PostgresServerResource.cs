namespace Aspire.Hosting.ApplicationModel;

public class PostgresServerResource : ContainerResource
{
    internal PostgresServerResource(IResource inner) : base(inner.Name) => Annotations = inner.Annotations;

    public override ResourceAnnotationCollection Annotations { get; }
}
