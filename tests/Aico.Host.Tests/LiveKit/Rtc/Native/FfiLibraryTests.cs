using System.Runtime.InteropServices;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Testing;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc.Native;

internal sealed class FfiLibraryTests
{
    private static readonly string _library = Path.Combine(TestPaths.Repository, "artifacts", "aico", "native", "livekit_ffi.node");

    [Test]
    public void Finds_what_the_library_expects_of_Node_and_what_it_is_for()
    {
        var image = NativeImage.Read(_library);

        image.Platform.Should().Be(NativeImage.ThisPlatform);
        if (OperatingSystem.IsLinux())
        {
            image.OpenNodeFunctions.Should().Contain("napi_delete_reference").And.OnlyHaveUniqueItems().And.OnlyContain(name => name.StartsWith("napi_"));
        }
    }

    [TestCase(Architecture.X64, "linux-x64")]
    [TestCase(Architecture.Arm64, "linux-arm64")]
    public void Writes_a_stub_for_the_platform(Architecture architecture, string platform)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"stub-{architecture}.so");
        File.WriteAllBytes(path, ElfStub.Write(["napi_one", "napi_two"], architecture));

        NativeImage.Read(path).Platform.Should().Be(platform);
        File.Delete(path);
    }

    [Test]
    [Platform("Linux")]
    public void The_stub_loads_and_every_function_of_it_only_fails()
    {
        string[] names = [.. Enumerable.Range(0, 50).Select(i => $"napi_test_{i}")];
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "stub.so");
        File.WriteAllBytes(path, ElfStub.Write(names, RuntimeInformation.ProcessArchitecture));

        var library = NativeLibrary.Load(path);

        foreach (var name in names)
        {
            Marshal.GetDelegateForFunctionPointer<Function>(NativeLibrary.GetExport(library, name))().Should().Be(9);
        }

        NativeLibrary.Free(library);
        File.Delete(path);
    }

    [Test]
    public void Says_what_is_missing_and_what_to_do()
    {
        var path = FfiLibrary.PathFor(Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-host"), fromEnvironment: null);

        var loading = () => FfiLibrary.Open(path);

        var error = loading.Should().Throw<RoomException>().Which;
        error.Failure.Should().Be(RoomFailure.Library);
        error.Message.Should().Contain(path).And.Contain("build script").And.Contain(FfiLibrary.PathVariable);
    }

    [Test]
    public void Says_that_the_library_is_for_another_platform()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "other.node");
        var other = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Architecture.Arm64 : Architecture.X64;
        File.WriteAllBytes(path, ElfStub.Write(["napi_one"], other));

        var loading = () => FfiLibrary.Open(path);

        loading.Should().Throw<RoomException>().WithMessage($"*is for linux-{other.ToString().ToLowerInvariant()}, and this is {NativeImage.ThisPlatform}*");
        File.Delete(path);
    }

    [Test]
    public void Says_that_a_library_is_not_the_one()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "wrong.node");
        File.WriteAllText(path, "no library at all, only some text that is longer than the header of one would be");

        var loading = () => FfiLibrary.Open(path);

        loading.Should().Throw<RoomException>().WithMessage("*is for no library*");
        File.Delete(path);
    }

    [Test]
    public void An_operator_may_name_another_library() =>
        FfiLibrary.PathFor("host", fromEnvironment: "elsewhere.node").Should().Be("elsewhere.node");

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Function();
}
