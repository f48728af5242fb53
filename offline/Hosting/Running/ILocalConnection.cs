namespace Aspire.Hosting.Running;

/// <summary>A resource that one of our servers stands behind.</summary>
internal interface ILocalConnection
{
    ConnectionSource Connection { get; }
}
