using System.ComponentModel;
using System.Diagnostics;
using Aico.Testing;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>A native library that panics when it is to join a room: panicking-ffi.c, compiled where the test runs.</summary>
internal sealed class PanickingLibrary : IDisposable
{
    private const string Compiler = "tcc";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-panic-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "livekit_ffi.node");

    public static async Task<PanickingLibrary> CompileAsync()
    {
        var library = new PanickingLibrary();
        var source = System.IO.Path.Combine(TestPaths.Repository, "tests", "Aico.Host.Tests", "EndToEnd", "Rooms", "panicking-ffi.c");
        try
        {
            using var compiler = Process.Start(
                new ProcessStartInfo(Compiler, ["-shared", "-nostdlib", "-o", library.Path, source]) { RedirectStandardError = true })!;
            var said = await compiler.StandardError.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            compiler.ExitCode.Should().Be(0, "{0} printed: {1}", Compiler, said);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The C compiler {Compiler} is missing: on Debian ./build.sh test installs the package {Compiler}. ({e.Message})");
        }

        return library;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
