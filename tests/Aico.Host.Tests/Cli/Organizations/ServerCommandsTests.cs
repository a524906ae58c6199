using System.Net;
using System.Net.Sockets;
using Aico.Host.Cli.Organizations;
using Aico.Host.Organizations.Files;
using Aico.Host.Storage;
using Aico.Host.Tests.Api.Configuration;

namespace Aico.Host.Tests.Cli.Organizations;

/// <summary>The commands about organizations with --server, before the real API, store and plugins.</summary>
public class ServerCommandsTests : ServedCommands
{
    [Test]
    public async Task Print_the_same_as_on_the_local_database()
    {
        string[][] commands =
        [
            ["org", "create", "acme", "--name", "Acme"],
            ["org", "set", "acme", "openai", "temperature=0.5", "model=gpt-4.1-mini"],
            ["org", "set", "acme", "openai", "--unset", "model"],
            ["secrets", "set", "acme", "openai", "apiKey", "--hint"],
            ["secrets", "set", "acme", "groq", "apiKey"],
            ["org", "enable", "acme", "moonshine"],
            ["org", "disable", "acme", "openai"],
            ["org", "priority", "acme", "moonshine", "250"],
            ["org", "show", "acme"],
            ["org", "export", "acme"],
            ["org", "explain", "acme"],
            ["org", "priority", "acme", "flite", "1"],
            ["org", "set", "acme", "openia", "temperature=1"],
            ["org", "set", "acme", "openai", "apiKey=canary-wrong"],
            ["secrets", "unset", "acme", "openai", "apiKey"],
            ["org", "delete", "acme"],
            ["org", "delete", "acme", "--yes"],
        ];
        foreach (var command in commands)
        {
            var there = await RunAsync(ConfigurationApi.InternalKey, command);
            var here = await RunWithAsync([.. command, "--data-dir", Path.Combine(Folder, "data"), "--env-file", await EnvironmentAsync($"AICO_ORGANIZATIONS_DIR={Folder}\nLLM_PROVIDER=openai-compatible\nLLM_BASE_URL=http://operators-own.example.com/v1")]);

            (there.ExitCode, there.Output, there.Error).Should().Be((here.ExitCode, here.Output, here.Error), string.Join(' ', command));
            (there.Output + there.Error).Should().NotContain("canary");
        }
    }

    [Test]
    public async Task Show_as_JSON_what_the_server_has()
    {
        await RunAsync(ConfigurationApi.InternalKey, "org", "create", "acme", "--name", "Acme");
        await RunAsync(ConfigurationApi.InternalKey, "org", "set", "acme", "openai", "temperature=0.5");
        await RunAsync(ConfigurationApi.InternalKey, "secrets", "set", "acme", "openai", "apiKey");

        var shown = (await RunAsync(ConfigurationApi.InternalKey, "org", "show", "acme", "--json")).Json;
        var listed = (await RunAsync(ConfigurationApi.InternalKey, "org", "list", "--json")).Json;

        // One of them is described by a file of the server.
        listed["organizations"]!.AsArray().Select(organization => organization!["id"]!.GetValue<string>()).Should().Equal("acme", "filed");

        shown["name"]!.GetValue<string>().Should().Be("Acme");
        shown["origin"]!.GetValue<string>().Should().Be("api");
        shown["created"]!.GetValue<DateTimeOffset>().Should().Be((await Api.Changes.FindAsync("acme", default)).Created);
        var provider = shown["providers"]!.AsArray().Should().ContainSingle().Which!;
        provider["type"]!.GetValue<string>().Should().Be("llm");
        provider["config"]!.ToJsonString().Should().Be("""{"temperature":0.5}""");
        provider["secrets"]!["apiKey"]!["set"]!.GetValue<bool>().Should().BeTrue();
        (await Api.Changes.FindAsync("acme", default)).Secrets.Should().ContainSingle().Which.Value!.Reveal().Should().Be("canary-of-stdin");
    }

    [Test]
    public async Task Explain_with_an_organization_s_key_and_do_not_list_with_it()
    {
        await Api.MakeAsync("acme");
        await RunAsync(ConfigurationApi.InternalKey, "org", "enable", "acme", "flite");
        await RunAsync(ConfigurationApi.InternalKey, "org", "enable", "acme", "groq");
        var key = await Api.KeyAsync("acme");

        var explained = (await RunAsync(key, "org", "explain", "acme", "--json")).Json;

        explained["chains"]!["tts"]![0]!["key"]!.GetValue<string>().Should().Be("flite");
        explained["problems"]!.AsArray().Should().ContainSingle(problem => problem!["providerKey"]!.GetValue<string>() == "groq").Which!["missingSecret"]!.GetValue<string>().Should().Be("apiKey");
        var text = (await RunAsync(key, "org", "explain", "acme")).Output;
        text.Should().Contain("1. flite (priority 100, api)").And.Contain("(not shown)").And.NotContain("operators-own");
        (await RunAsync(ConfigurationApi.InternalKey, "org", "explain", "acme")).Output.Should().Contain("operators-own");
        (await RunAsync(key, "org", "list")).Should().Be(new CliHarness(1, "", $"aico: This needs the internal key of the host.{Environment.NewLine}"));
    }

    [Test]
    public async Task Make_list_rotate_and_end_keys()
    {
        await Api.MakeAsync("acme");

        var made = await RunAsync(ConfigurationApi.InternalKey, "key", "create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "providers:read", "--expires-in", "90d");

        made.ExitCode.Should().Be(0, made.Error);
        made.Error.Should().MatchRegex("^k_[0-9A-Za-z]{12} of acme: providers:read, usage:read; expires [-0-9]+ [:0-9]+Z. It is shown this once:\r?\n$");
        (await Api.Keys.AuthenticateAsync(made.Output.Trim(), default))!.OrganizationId.Should().Be("acme");
        var id = made.Error.Split(' ')[0];
        var listed = (await RunAsync(ConfigurationApi.InternalKey, "key", "list", "--org", "acme", "--json")).Json["keys"]!.AsArray().Should().ContainSingle().Which!;
        listed["id"]!.GetValue<string>().Should().Be(id);
        listed["isActive"]!.GetValue<bool>().Should().BeTrue();

        var second = (await RunAsync(ConfigurationApi.InternalKey, "key", "rotate", id, "--org", "acme", "--overlap", "0s", "--json")).Json;
        (await Api.Keys.AuthenticateAsync(made.Output.Trim(), default)).Should().BeNull();
        (await RunAsync(ConfigurationApi.InternalKey, "key", "rotate", second["id"]!.GetValue<string>(), "--org", "acme", "--expires-in", "1d")).Error.Should().Contain("--expires-in");
        (await RunAsync(ConfigurationApi.InternalKey, "key", "revoke", second["id"]!.GetValue<string>(), "--org", "acme")).ExitCode.Should().Be(0);
        (await Api.Keys.AuthenticateAsync(second["key"]!.GetValue<string>(), default)).Should().BeNull();
        (await RunAsync(ConfigurationApi.InternalKey, "key", "revoke", "k_none", "--org", "acme")).ExitCode.Should().Be(2);
        (await RunAsync(ConfigurationApi.InternalKey, "key", "create", "--org", "filed", "--name", "ci", "--scope", "usage:read")).ExitCode.Should().Be(0);
    }

    [Test]
    public async Task Import_change_by_change_and_say_what_stays_where_one_is_refused()
    {
        const string Secret = "ACME_OPENAI_API_KEY=canary-from-env";
        var file = Path.Combine(Folder, "acme.json");
        await File.WriteAllTextAsync(file, """
            {
              "name": "Acme",
              "providers": { "openai": { "config": { "temperature": 0.5 }, "secrets": { "apiKey": "${env:ACME_OPENAI_API_KEY}" } }, "flite": {} },
              "agents": { "desk": {} }
            }
            """);

        var made = await RunAsync($"{ConfigurationApi.InternalKey}\n{Secret}", "org", "import", file);

        made.ExitCode.Should().Be(0, made.Error);
        made.Output.Should().StartWith("acme is made as").And.NotContain("not set");
        var document = await Api.Changes.FindAsync("acme", default);
        document.Secrets.Should().ContainSingle().Which.Value!.Reveal().Should().Be("canary-from-env");
        document.Agents.Should().ContainKey("desk");

        await File.WriteAllTextAsync(file, """
            { "name": "Acme 2", "providers": { "openai": { "config": { "temperature": 0.7 }, "secrets": { "apiKey": "${env:ACME_OPENAI_API_KEY}" } } } }
            """);
        (await RunAsync($"{ConfigurationApi.InternalKey}\n{Secret}", "org", "import", file, "--json")).Json["changes"]!.GetValue<int>().Should().Be(5);
        document = await Api.Changes.FindAsync("acme", default);
        (document.Name, document.Agents.Count).Should().Be(("Acme 2", 0));
        document.Providers.Should().ContainSingle().Which.Config.ToJsonString().Should().Be("""{"temperature":0.7}""");

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("0.7", "0.9", StringComparison.Ordinal));
        var refused = await RunAsync($"{await Api.KeyAsync("acme", "providers:read", "providers:write")}\n{Secret}", "org", "import", file);
        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("secrets:write").And.Contain("1 changes before this one have been made").And.NotContain("canary");
    }

    [Test]
    public async Task Export_what_imports_again_as_another_organization()
    {
        var file = Path.Combine(Folder, "acme.json");
        await RunAsync(ConfigurationApi.InternalKey, "org", "create", "acme", "--name", "Acme");
        await RunAsync(ConfigurationApi.InternalKey, "org", "set", "acme", "openai", "temperature=0.5", "--priority", "250");
        await RunAsync(ConfigurationApi.InternalKey, "org", "disable", "acme", "openai");
        await RunAsync(ConfigurationApi.InternalKey, "secrets", "set", "acme", "openai", "apiKey");
        (await Api.AskAsync("PUT", "/api/organizations/current/agents/sales", """{"greeting":"Hello."}""")).Status.Should().Be(200);

        var written = await RunAsync(ConfigurationApi.InternalKey, "org", "export", "acme", "--out", file, "--json");
        var imported = await RunAsync($"{ConfigurationApi.InternalKey}\nACME_OPENAI_API_KEY=canary-of-stdin", "org", "import", file, "--id", "copy");

        written.Json["variables"]!.AsArray().Select(name => (string)name!).Should().Equal("ACME_OPENAI_API_KEY");
        (await File.ReadAllTextAsync(file)).Should().Contain("${env:ACME_OPENAI_API_KEY}").And.NotContain("canary");
        imported.ExitCode.Should().Be(0, imported.Error);
        var (one, other) = (await Api.Changes.FindAsync("acme", default), await Api.Changes.FindAsync("copy", default));
        other.Providers.Select(provider => (provider.Key, provider.Config.ToJsonString(), provider.IsEnabled, provider.Priority)).Should()
            .Equal(one.Providers.Select(provider => (provider.Key, provider.Config.ToJsonString(), provider.IsEnabled, provider.Priority)));
        other.Secrets.Should().ContainSingle().Which.Value!.Reveal().Should().Be(one.Secrets.Single().Value!.Reveal());
        other.Agents.Should().ContainSingle().Which.Value.ToJsonString().Should().Be("""{"greeting":"Hello."}""");
        (await RunAsync(ConfigurationApi.InternalKey, "org", "export", "acme", "--out", file)).ExitCode.Should().Be(1, "nothing is overwritten");
    }

    [Test]
    public async Task Show_and_export_a_provider_that_no_plugin_brings_any_more()
    {
        await Api.MakeAsync("acme");
        await Api.Store.ApplyAsync([new StoreChange.PutProvider("acme", "gone", """{"model":"m"}""", true, 7)], new StoreActor("test"), default);

        (await RunAsync(ConfigurationApi.InternalKey, "org", "show", "acme")).Output.Should().Contain("gone").And.Contain("No loaded plugin brings it.");
        (await RunAsync(ConfigurationApi.InternalKey, "org", "export", "acme", "--json")).Json["document"]!["providers"]!["gone"]!["priority"]!.GetValue<int>().Should().Be(7);
        (await Api.AskAsync("GET", "/api/organizations/current/providers?type=llm")).Body!["providers"]!.AsArray().Should().NotContain(provider => (string?)provider!["key"] == "gone");
        (await Api.AskAsync("DELETE", "/api/organizations/current/providers/gone/config")).Status.Should().Be(204);
    }

    [Test]
    public async Task List_the_files_of_the_server_that_cannot_be_used()
    {
        var (served, broken) = (new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 22, 21, 0, 0, TimeSpan.Zero));
        Api.FileStatus = [new OrganizationFileStatus("filed", "/etc/filed.json", true, 3, [new OrganizationFileError("/name", 4, 7, "It is a text.")], served, broken)];

        var text = (await RunAsync(ConfigurationApi.InternalKey, "org", "list")).Output;
        var file = (await RunAsync(ConfigurationApi.InternalKey, "org", "list", "--json")).Json["files"]!.AsArray().Should().ContainSingle().Which!;

        text.Should().Contain("broken: /etc/filed.json(4,7): /name: It is a text.").And.Contain("revision 3 of 2026-11-22 20:00Z stays in use");
        (file["servedSince"]!.GetValue<DateTimeOffset>(), file["brokenSince"]!.GetValue<DateTimeOffset>(), (int)file["errors"]![0]!["line"]!).Should().Be((served, broken, 4));
    }

    [Test]
    public async Task Say_that_an_organization_is_configured_nowhere()
    {
        (await RunAsync(ConfigurationApi.InternalKey, "org", "show", ConfigurationApi.Default)).Output.Should().Contain("configured nowhere").And.NotContain("database");
        (await RunWithAsync("org", "validate", Path.Combine(Folder, "acme.json"), "--server", "http://127.0.0.1:1"))
            .Should().Be(new CliHarness(2, "", $"aico: There is no \"--server\" here: files are checked on this machine. See \"aico org validate --help\".{Environment.NewLine}"));
    }

    [Test]
    public async Task Name_every_field_that_the_server_refuses_in_one_line()
    {
        await Api.MakeAsync("acme");

        var result = await RunAsync(ConfigurationApi.InternalKey, "org", "set", "acme", "openai", "temperature=99", "nope=1");

        result.ExitCode.Should().Be(2);
        result.Error.Trim().Should().StartWith("aico: 2 fields are not valid.").And.Contain("/config/temperature: ").And.Contain("/config/nope: ").And.NotContain("\n");
        (await RunAsync(ConfigurationApi.InternalKey, "org", "create", "acme")).ExitCode.Should().Be(2);
        (await RunAsync(ConfigurationApi.InternalKey, "org", "show", "globex")).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains("no organization"));
    }

    [Test]
    public async Task Say_where_a_refused_key_comes_from_and_not_the_key()
    {
        var result = await RunAsync("canary-key", "org", "list");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("AICO_API_KEY").And.NotContain("canary");
        (await RunAsync("canary key", "org", "list")).Should().Be(new CliHarness(2, "", $"aico: AICO_API_KEY has characters that no key has.{Environment.NewLine}"));
        (await RunWithAsync("org", "list", "--server", Api.Address.ToString(), "--env-file", await EnvironmentAsync($"AICO_INTERNAL_API_KEY={ConfigurationApi.InternalKey}"))).ExitCode.Should().Be(0);
    }

    [Test]
    public async Task Say_that_no_server_listens_and_that_a_connection_is_not_encrypted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var near = await RunWithAsync("org", "list", "--server", $"http://127.0.0.1:{port}");
        near.ExitCode.Should().Be(1);
        near.Error.Should().StartWith($"aico: The server 127.0.0.1:{port} cannot be reached").And.NotContain("not encrypted");

        // Every address of this machine, which is none of the loopback network.
        (await RunWithAsync("org", "list", "--server", $"http://0.0.0.0:{port}")).Error.Should().StartWith($"aico: http://0.0.0.0:{port} is not encrypted");
    }

    [TestCase("contradict", "--server", "http://127.0.0.1:1", "--data-dir", "there")]
    [TestCase("--server: expected an address", "--server", "aico.example.com")]
    [TestCase("--server: expected an address", "--server", "https://user:canary@aico.example.com")]
    public async Task Refuse_what_contradicts_itself_or_is_no_address(string says, params string[] options)
    {
        (await RunWithAsync(["org", "list", .. options])).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains(says) && !answer.Error.Contains("canary"));
        (await RunWithAsync(["key", "list", "--org", "acme", .. options])).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains(says));
    }
}
