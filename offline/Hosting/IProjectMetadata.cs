namespace Aspire.Hosting;

public interface IProjectMetadata : ApplicationModel.IResourceAnnotation
{
    string ProjectPath { get; }
}
