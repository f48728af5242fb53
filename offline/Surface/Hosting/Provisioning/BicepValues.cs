using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static VoiceAspire.Offline.Surface.ProvisioningSignature;

// The values of Azure.Provisioning 1.5, as far as AppHost/Azure uses them. One file, so that it reads beside its listing.
namespace Azure.Provisioning;

public interface IBicepValue
{
    bool IsEmpty { get; }
}

public abstract class BicepValue : IBicepValue
{
    internal BicepValue() => throw Missing();

    public virtual bool IsEmpty => throw Missing();
}

public class BicepValue<T> : BicepValue
{
    public BicepValue(T literal) => throw Missing();

    public T? Value => throw Missing();

    public static implicit operator BicepValue<T>(ProvisioningVariable reference) => throw Missing();

    public static implicit operator BicepValue<T>(T value) => throw Missing();

    public static implicit operator BicepValue<string>(BicepValue<T> value) => throw Missing();
}

public class BicepList<T> : BicepValue, IList<BicepValue<T>>
{
    public BicepList() => throw Missing();

    public int Count => throw Missing();

    public bool IsReadOnly => throw Missing();

    public BicepValue<T> this[int index] { get => throw Missing(); set => throw Missing(); }

    public void Add(BicepValue<T> item) => throw Missing();

    public void Clear() => throw Missing();

    public bool Contains(BicepValue<T> item) => throw Missing();

    public void CopyTo(BicepValue<T>[] array, int arrayIndex) => throw Missing();

    public IEnumerator<BicepValue<T>> GetEnumerator() => throw Missing();

    public int IndexOf(BicepValue<T> item) => throw Missing();

    public void Insert(int index, BicepValue<T> item) => throw Missing();

    public bool Remove(BicepValue<T> item) => throw Missing();

    public void RemoveAt(int index) => throw Missing();

    IEnumerator IEnumerable.GetEnumerator() => throw Missing();
}

public class BicepDictionary<T> : BicepValue, IDictionary<string, BicepValue<T>>
{
    public BicepDictionary() => throw Missing();

    public int Count => throw Missing();

    public bool IsReadOnly => throw Missing();

    public ICollection<string> Keys => throw Missing();

    public ICollection<BicepValue<T>> Values => throw Missing();

    public BicepValue<T> this[string key] { get => throw Missing(); set => throw Missing(); }

    public void Add(KeyValuePair<string, BicepValue<T>> item) => throw Missing();

    public void Add(string key, BicepValue<T> value) => throw Missing();

    public void Clear() => throw Missing();

    public bool Contains(KeyValuePair<string, BicepValue<T>> item) => throw Missing();

    public bool ContainsKey(string key) => throw Missing();

    public void CopyTo(KeyValuePair<string, BicepValue<T>>[] array, int arrayIndex) => throw Missing();

    public IEnumerator<KeyValuePair<string, BicepValue<T>>> GetEnumerator() => throw Missing();

    public bool Remove(KeyValuePair<string, BicepValue<T>> item) => throw Missing();

    public bool Remove(string key) => throw Missing();

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out BicepValue<T> value) => throw Missing();

    IEnumerator IEnumerable.GetEnumerator() => throw Missing();
}
