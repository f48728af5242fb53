using System.Security.Cryptography;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.ModelServers;

/// <summary>
/// Files of models, from Blob Storage to a folder: a download that was interrupted goes on where it was, a file has its name only once its checksum
/// is right, and one that is there already is not loaded again. One at a time per file and folder.
/// </summary>
internal sealed class ModelFiles(ObjectStore objects)
{
    private const int PartLength = 8 * 1024 * 1024;
    private const int ChecksumDigits = 64;

    /// <summary>Where the file is, once it is.</summary>
    /// <exception cref="InvalidDataException">It is not what was asked for, or there is none.</exception>
    public async Task<string> FetchAsync(ModelFile file, string folder, CancellationToken cancellationToken)
    {
        Check(file);
        // The checksum in the name: another version of a file is another file, and what is here was verified when it got this name.
        var path = Path.Combine(folder, file.Sha256.ToLowerInvariant(), Path.GetFileName(file.Name));
        if (File.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        await LoadAsync(file, partial, cancellationToken);
        var found = await ChecksumAsync(partial, cancellationToken);
        if (!found.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            // Going on with it would never get right.
            File.Delete(partial);
            throw new InvalidDataException($"The model file '{file.Name}' has the SHA-256 {found.ToLowerInvariant()} and not {file.Sha256.ToLowerInvariant()}; it was not kept.");
        }

        File.Move(partial, path, overwrite: true);
        return path;
    }

    private async Task LoadAsync(ModelFile file, string partial, CancellationToken cancellationToken)
    {
        var stored = await objects.OpenAsync(BlobContainers.Models, file.Name, cancellationToken)
            ?? throw new InvalidDataException($"There is no model file '{file.Name}' in the container '{BlobContainers.Models}'.");
        await using (stored.Stream)
        {
            await using var target = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            if (target.Length > stored.Length)
            {
                target.SetLength(0); // Of another version.
            }

            target.Position = target.Length;
            while (target.Position < stored.Length)
            {
                var length = (int)Math.Min(PartLength, stored.Length - target.Position);
                var part = await objects.ReadAsync(BlobContainers.Models, file.Name, target.Position, length, cancellationToken)
                    ?? throw new InvalidDataException($"The model file '{file.Name}' changed while it was loaded.");
                await target.WriteAsync(part, cancellationToken);
            }

            // On the disk before it has its name: a name without content would be taken for the file for ever.
            target.Flush(flushToDisk: true);
        }
    }

    private static async Task<string> ChecksumAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static void Check(ModelFile file)
    {
        if (file.Sha256.Length != ChecksumDigits || !file.Sha256.All(char.IsAsciiHexDigit))
        {
            throw new InvalidDataException($"The checksum of the model file '{file.Name}' must be 64 hexadecimal digits of a SHA-256.");
        }
    }
}
