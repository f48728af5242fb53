using Voice.ServiceDefaults;

namespace Voice.Inference.Uploads;

internal static class UploadServiceCollectionExtensions
{
    /// <summary>After the database and Blob Storage.</summary>
    public static void AddUploads(this IServiceCollection services)
    {
        services.AddSectionOptions<UploadOptions, UploadOptionsValidator>(UploadOptions.Section);
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadWriter>();
        services.AddHostedService<UploadUpkeep>();
    }
}
