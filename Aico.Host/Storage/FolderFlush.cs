using System.Runtime.InteropServices;

namespace Aico.Host.Storage;

/// <summary>Writes the names in a folder through to the disk, for which .NET has no method: it opens no folders.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>EINVAL, as Linux and macOS number it: a file system that has nothing to flush here, such as some network ones.</summary>
    private const int NotForThis = 22;

    /// <exception cref="IOException">The folder cannot be read, or the disk fails.</exception>
    public static void Run(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Fault(folder);
        }

        try
        {
            if (Flush(descriptor) != 0 && Marshal.GetLastPInvokeError() != NotForThis)
            {
                throw Fault(folder);
            }
        }
        finally
        {
            // Nothing was written through this descriptor that closing it could lose.
            _ = Close(descriptor);
        }
    }

    private static IOException Fault(string folder) =>
        new($"The folder {folder} could not be written to the disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
