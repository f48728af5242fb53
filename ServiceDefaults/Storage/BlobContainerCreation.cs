using Azure.Storage.Blobs;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Storage;

/// <summary>Creates the platform's containers before anything else starts. The app model creates them in Azure; elsewhere nobody has.</summary>
internal sealed class BlobContainerCreation(BlobServiceClient blobs) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var container in BlobContainers.All)
        {
            await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
