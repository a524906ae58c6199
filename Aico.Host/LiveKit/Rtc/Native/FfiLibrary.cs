using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Rtc.Native;

/// <summary>LiveKit's native library. There is one for the process and it cannot be unloaded, so it is loaded once.</summary>
internal sealed unsafe class FfiLibrary : IFfi
{
    public const string PathVariable = "LIVEKIT_FFI_PATH";

    private static readonly Lock _loading = new();
    private static FfiLibrary? _loaded;
    private static FfiReceiver? _receiver;

    private readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<byte*, nuint, void>, byte, byte*, byte*, void> _initialize;
    private readonly delegate* unmanaged[Cdecl]<byte*, nuint, byte**, nuint*, ulong> _request;
    private readonly delegate* unmanaged[Cdecl]<ulong, byte> _dropHandle;
    private readonly delegate* unmanaged[Cdecl]<void> _dispose;

    private FfiLibrary(string path, nint library)
    {
        Path = path;
        _initialize = (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<byte*, nuint, void>, byte, byte*, byte*, void>)Function("livekit_ffi_initialize");
        _request = (delegate* unmanaged[Cdecl]<byte*, nuint, byte**, nuint*, ulong>)Function("livekit_ffi_request");
        _dropHandle = (delegate* unmanaged[Cdecl]<ulong, byte>)Function("livekit_ffi_drop_handle");
        _dispose = (delegate* unmanaged[Cdecl]<void>)Function("livekit_ffi_dispose");

        nint Function(string name) => NativeLibrary.TryGetExport(library, name, out var address)
            ? address
            : throw new RoomException(RoomFailure.Library, $"{path} is not LiveKit's native library: it has no function {name}. {Remedy}");
    }

    public string Path { get; }

    private static string Remedy =>
        $"The build script brings the right one to native/ beside the program, and so does a release; {PathVariable} may name another.";

    /// <summary>The file that is used when nothing else is said.</summary>
    public static string PathFor(string hostFolder, string? fromEnvironment) =>
        string.IsNullOrWhiteSpace(fromEnvironment) ? System.IO.Path.Combine(hostFolder, "native", "livekit_ffi.node") : fromEnvironment;

    /// <summary>Loads the library; a second time returns the one that is loaded.</summary>
    /// <exception cref="RoomException"><see cref="RoomFailure.Library"/>: the message says what is missing and what to do.</exception>
    public static FfiLibrary Load(string path)
    {
        lock (_loading)
        {
            if (_loaded is null)
            {
                _loaded = Open(path);
            }

            return _loaded.Path == path
                ? _loaded
                : throw new RoomException(RoomFailure.Library, $"LiveKit's native library is loaded from {_loaded.Path} already and stays for the life of the process.");
        }
    }

    public void Start(FfiReceiver receiver)
    {
        if (Interlocked.CompareExchange(ref _receiver, receiver, null) is not null)
        {
            throw new InvalidOperationException("LiveKit's native library serves one client in a process.");
        }

        // "rust" is a name that the library and the server know; another one costs a warning and some abilities.
        fixed (byte* sdk = "rust\0"u8, version = "1.0.0\0"u8)
        {
            _initialize(&OnMessage, 1, sdk, version);
        }
    }

    public ulong Request(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> response)
    {
        byte* bytes = null;
        nuint length = 0;
        ulong handle;
        fixed (byte* data = request)
        {
            handle = _request(data, (nuint)request.Length, &bytes, &length);
        }

        response = handle == 0 ? default : new ReadOnlySpan<byte>(bytes, (int)length);
        return handle;
    }

    public bool Drop(ulong handle) => _dropHandle(handle) != 0;

    public void Dispose() => _dispose();

    /// <summary>The receiver catches all: an exception that left this method would end the process.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(byte* data, nuint length) => _receiver!(new ReadOnlySpan<byte>(data, (int)length));

    private static void Check(string path, out NativeImage image)
    {
        if (!File.Exists(path))
        {
            throw new RoomException(RoomFailure.Library, $"LiveKit's native library is missing: there is no {path}. {Remedy}");
        }

        try
        {
            image = NativeImage.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RoomException(RoomFailure.Library, $"LiveKit's native library cannot be read: {error.Message} {Remedy}", error);
        }

        if (image.Platform != NativeImage.ThisPlatform)
        {
            throw new RoomException(RoomFailure.Library, $"{path} is for {image.Platform}, and this is {NativeImage.ThisPlatform}. {Remedy}");
        }
    }

    /// <summary>Checks the file and loads it, unlike <see cref="Load"/> without keeping it as the one of the process.</summary>
    internal static FfiLibrary Open(string path)
    {
        Check(path, out var image);
        try
        {
            if (OperatingSystem.IsLinux() && image.OpenNodeFunctions.Count > 0)
            {
                StubLoader.Load(ElfStub.Write(image.OpenNodeFunctions, RuntimeInformation.ProcessArchitecture));
            }

            return new FfiLibrary(path, NativeLibrary.Load(path));
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or InvalidOperationException or NotSupportedException or IOException)
        {
            throw new RoomException(RoomFailure.Library, $"LiveKit's native library does not load: {error.Message} {Remedy}", error);
        }
    }
}
