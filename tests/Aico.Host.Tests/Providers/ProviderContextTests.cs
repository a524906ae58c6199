using System.Net;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;
using Aico.Host.Tests.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Providers;

public class ProviderContextTests
{
    [Test]
    public void Finds_a_native_library_in_the_plugin_then_under_its_runtimes_then_at_the_host()
    {
        using var sandbox = new PluginSandbox();
        var requirement = new ProviderRequirement(RequirementKind.NativeLibrary, "thing", "");
        var context = Context(sandbox);

        context.Find(requirement).Should().BeNull();
        var atHost = Write(sandbox, "native", NativeNames.FileNames("thing")[1]);
        context.Find(requirement).Should().Be(atHost);
        var underRuntimes = Write(sandbox, "plugin", "runtimes", NativeNames.RuntimeIdentifier, "native", NativeNames.FileNames("thing")[1]);
        context.Find(requirement).Should().Be(underRuntimes);
        var inPlugin = Write(sandbox, "plugin", NativeNames.FileNames("thing")[1]);
        context.Find(requirement).Should().Be(inPlugin);
    }

    [Test]
    public void Finds_a_model_in_the_plugin_then_at_the_host()
    {
        using var sandbox = new PluginSandbox();
        var requirement = new ProviderRequirement(RequirementKind.Model, "models/thing/a.onnx", "");
        var context = Context(sandbox);

        context.Find(requirement).Should().BeNull();
        var atHost = Write(sandbox, "native", "models", "thing", "a.onnx");
        context.Find(requirement).Should().Be(atHost);
        var inPlugin = Write(sandbox, "plugin", "models", "thing", "a.onnx");
        context.Find(requirement).Should().Be(inPlugin);
    }

    [TestCase("sh", true)]
    [TestCase("no-such-program-anywhere", false)]
    public void Finds_programs_on_the_path(string program, bool found)
    {
        using var sandbox = new PluginSandbox();

        var path = Context(sandbox).Find(new ProviderRequirement(RequirementKind.Program, program, ""));

        File.Exists(path).Should().Be(found);
    }

    [Test]
    public async Task Keeps_its_connections_when_a_plugin_disposes_its_client()
    {
        using var sandbox = new PluginSandbox();
        using var handler = new CountingHandler();
        var context = Context(sandbox, handler);

        new HttpClient(context.HttpHandler).Dispose();
        using var invoker = new HttpMessageInvoker(Context(sandbox, handler).HttpHandler);
        using var answer = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://host/"), CancellationToken.None);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        handler.IsDisposed.Should().BeFalse();
    }

    [Test]
    public void Shares_no_cookies_and_follows_no_redirects()
    {
        using var handler = PooledHttp.Create();

        (handler.UseCookies, handler.AllowAutoRedirect).Should().Be((false, false));
    }

    private static ProviderContext Context(PluginSandbox sandbox, HttpMessageHandler? handler = null) => new(
        handler ?? new CountingHandler(),
        NullLoggerFactory.Instance,
        TimeProvider.System,
        [Path.Combine(sandbox.HostFolder, "plugin")],
        Path.Combine(sandbox.HostFolder, "native"));

    private static string Write(PluginSandbox sandbox, params string[] path)
    {
        var file = Path.Combine([sandbox.HostFolder, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
        return file;
    }

    private sealed class CountingHandler : HttpMessageHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(IsDisposed ? HttpStatusCode.Gone : HttpStatusCode.OK));

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
