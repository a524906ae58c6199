using System.Text;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Plants secrets through the API and looks for them everywhere.</summary>
internal sealed class SecretCanaryTests
{
    private const string First = "sk-CANARY-first-0123456789";
    private const string Second = "sk-CANARY-second-987654321";
    private const string Providers = "/api/organizations/current/providers";

    [Test]
    public async Task Secrets_are_in_no_log_answer_error_or_file()
    {
        using var log = new CollectedLog();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await using var api = await ConfigurationApi.StartAsync(loggers: loggers);
        await api.MakeAsync("acme");
        var answers = new List<ApiAnswer>();
        async Task<ApiAnswer> AskAsync(string method, string path, string? body = null)
        {
            var answer = await api.AskAsync(method, path, body);
            answers.Add(answer);
            return answer;
        }

        (await AskAsync("PUT", $"{Providers}/openai/config", "{}")).Status.Should().Be(200);
        (await AskAsync("PUT", $"{Providers}/openai/secrets", $$$"""{"secrets":{"apiKey":"{{{First}}}"},"showLastFour":true}""")).Status.Should().Be(200);
        (await AskAsync("PUT", $"{Providers}/openai/secrets", $$$"""{"secrets":{"apiKey":"{{{Second}}}"}}""")).Status.Should().Be(200);
        (await AskAsync("PUT", $"{Providers}/openai/secrets", $$$"""{"secrets":{"apiKey":"{{{First}}}\n","other":"{{{First}}}"}}""")).Status.Should().Be(400);
        (await AskAsync("PUT", $"{Providers}/openai/secrets", $$$"""{"secrets":{"apiKey":{{{First}}}}""")).Status.Should().Be(400);
        (await AskAsync("PUT", $"{Providers}/openai/secrets", $$$"""{"secrets":"{{{First}}}"}""")).Status.Should().Be(400);
        (await AskAsync("PUT", $"{Providers}/openai/config", $$$"""{"config":{"temperature":"{{{First}}}"}}""")).Status.Should().Be(400);
        foreach (var path in new[]
        {
            Providers, $"{Providers}/openai", $"{Providers}/llm/explain", $"{Providers}/llm/primary", "/api/organizations/current/audit", "/api/organizations/current/keys", "/api/organizations/current",
        })
        {
            (await AskAsync("GET", path)).Status.Should().Be(200);
        }

        var made = await api.AskAsync("POST", "/api/organizations/current/keys", """{"name":"ci","scopes":["providers:read"]}""");
        var key = (string)made.Body!["key"]!;
        answers.Add(await api.AskWithAsync(key, "GET", "/api/providers/organization/enabled"));
        answers.Add(await api.AskWithAsync(key + "x", "GET", "/api/providers"));
        (await api.AskAsync("GET", "/api/providers/organization/enabled")).Body!.ToJsonString().Should().Contain(Second, "an agent's host needs it");

        var backup = Path.Combine(api.Folder, "backup.db");
        await api.Store.BackupAsync(backup, CancellationToken.None);

        string[] planted = [First, Second, key, ConfigurationApi.InternalKey];
        var text = log.Text + string.Join('\n', answers.Select(answer => answer.Body?.ToJsonString() + answer.Headers));
        log.Text.Should().Contain("/api/organizations/current/audit", "the log was kept at Trace, with the requests");
        foreach (var secret in planted)
        {
            text.Should().NotContain(secret);
            foreach (var file in Directory.EnumerateFiles(api.Folder))
            {
                var bytes = await ReadAsync(file);
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)).Should().Be(-1, "{0} must not hold a secret", file);
                bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)).Should().Be(-1, "{0} must not hold a secret", file);
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..20])).Should().Be(-1, "{0} must not hold a secret", file);
            }
        }

        Directory.EnumerateFiles(api.Folder).Select(Path.GetFileName).Should().Contain(["aico.db", "aico.db-wal", "backup.db"]);
    }

    // The store has its files open.
    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
