using System.Runtime.InteropServices;

namespace Aico.Host.LiveKit.Rtc.Native;

/// <summary>Loads a library from bytes so that those loaded later find its functions, which NativeLibrary.Load cannot.</summary>
internal static partial class StubLoader
{
    private const int Now = 0x2;
    private const int Global = 0x100;
    private const uint CloseOnExec = 1;

    /// <summary>It stays loaded as long as the process runs.</summary>
    /// <exception cref="InvalidOperationException">The system refuses it; the message says why.</exception>
    public static void Load(byte[] library)
    {
        if (!LoadFromMemory(library) && LoadFromFile(library) is { } error)
        {
            throw new InvalidOperationException(error);
        }
    }

    /// <summary>False where the system has no such files, or a container's rules forbid them.</summary>
    private static bool LoadFromMemory(byte[] library)
    {
        var descriptor = CreateMemoryFile("aico-node-stub", CloseOnExec);
        if (descriptor < 0)
        {
            return false;
        }

        using var file = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, library, 0);
        return Open($"/proc/self/fd/{descriptor}", Now | Global) != 0;
    }

    private static string? LoadFromFile(byte[] library)
    {
        var folder = Directory.CreateTempSubdirectory("aico-");
        try
        {
            var path = Path.Combine(folder.FullName, ElfStub.LibraryName);
            File.WriteAllBytes(path, library);
            return Open(path, Now | Global) != 0 ? null : Marshal.PtrToStringUTF8(LastError());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint LastError();
}
