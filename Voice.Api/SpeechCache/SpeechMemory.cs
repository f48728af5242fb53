using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Voice.Api.SpeechCache;

/// <summary>The audio this process used last, up to a number of bytes. Thread-safe.</summary>
internal sealed class SpeechMemory(IOptions<SpeechCacheOptions> options)
{
    /// <summary>Two of these many keys are remembered of what was said once.</summary>
    private const int Generation = 4_096;

    private readonly int _capacity = options.Value.MemoryBytes;
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, byte[] Audio)> _byUse = [];
    private readonly Dictionary<string, LinkedListNode<(string Key, byte[] Audio)>> _entries = [];
    private HashSet<string> _said = [];
    private HashSet<string> _saidBefore = [];
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public bool TryGet(string key, [NotNullWhen(true)] out byte[]? audio)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                audio = null;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            audio = node.Value.Audio;
            return true;
        }
    }

    public void Add(string key, byte[] audio)
    {
        lock (_gate)
        {
            if (audio.Length > _capacity || _entries.ContainsKey(key))
            {
                return;
            }

            _entries[key] = _byUse.AddFirst((key, audio));
            _bytes += audio.Length;
            while (_bytes > _capacity && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _entries.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Audio.Length;
            }
        }
    }

    /// <summary>
    /// Whether this was said before, lately and here. What is said once, and that is what has names and dates in it, is not worth its place.
    /// </summary>
    public bool SaidBefore(string key)
    {
        lock (_gate)
        {
            if (_said.Count >= Generation)
            {
                (_saidBefore, _said) = (_said, []);
            }

            return !_said.Add(key) || _saidBefore.Contains(key);
        }
    }
}
