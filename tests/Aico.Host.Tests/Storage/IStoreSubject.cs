using Aico.Host.Storage;

namespace Aico.Host.Tests.Storage;

/// <summary>A kind of store that the tests of <see cref="IStore"/> run on. Another store is one more class, and one more attribute at each of them.</summary>
internal interface IStoreSubject : IDisposable
{
    /// <summary>Opens the store; again and again on the same data, also while it is open, as another process would.</summary>
    Task<IStore> OpenAsync(TimeProvider time);

    /// <summary>A folder for what the test writes beside it.</summary>
    string Folder { get; }
}
