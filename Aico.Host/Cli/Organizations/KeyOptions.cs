using System.CommandLine;
using System.Globalization;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Organizations;

/// <summary>What the commands about keys share: the options, where the keys are, and how one is printed.</summary>
internal sealed class KeyOptions(TimeProvider time)
{
    private readonly DataOptions _data = new();
    private readonly ServerOption _server = new();

    public Option<string> Organization { get; } = new("--org") { Description = "The organization.", HelpName = "id", Required = true };

    public Option<bool> Json { get; } = CliJson.Option();

    /// <summary>The key as commands take it.</summary>
    public static Argument<string> KeyId() => new("key") { Description = "The key's id, as \"aico key list\" shows it." };

    public static Option<string?> ExpiresIn(string otherwise) => new("--expires-in") { Description = $"After what time it ends, such as 90d or 12h. {otherwise}", HelpName = "time" };

    public void AddTo(Command command)
    {
        command.Add(Organization);
        command.Add(_server.Server);
        command.Add(Json);
        _data.AddTo(command);
    }

    /// <summary>The keys of the organization, where the options say that they are; to be disposed.</summary>
    public async Task<IKeyDesk> OpenAsync(ParseResult parsed, CancellationToken ct)
    {
        var organization = parsed.GetRequiredValue(Organization);
        return await _server.OpenAsync(parsed, _data, time) is { } api
            ? new RemoteKeyDesk(api, organization)
            : await LocalKeyDesk.OpenAsync(await _data.OpenAsync(parsed, time, ct), organization, IsDescribed(parsed, organization), time, ct);
    }

    // Whether the file is good is the host's matter: its organization has keys, whatever it says today.
    private bool IsDescribed(ParseResult parsed, string organization) =>
        ConfigurationRules.IsName(organization)
        && File.Exists(Path.Combine(ConfigurationSettings.Of(_data.Variables(parsed)).FolderIn(AppContext.BaseDirectory), $"{organization}.json"));

    public DateTimeOffset? Expires(string? text) => text is null ? null : time.GetUtcNow() + Time("--expires-in", text);

    public static TimeSpan Time(string option, string text)
    {
        if (text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500)
        {
            return TimeSpan.FromDays(days);
        }

        return Duration.TryParse(text, out var duration) ? duration : throw new CliException($"{option}: expected a time such as 90d, 12h or 30m.");
    }

    /// <summary>Prints a key that was made: the key alone to standard output, where a script takes it from; what it is to standard error.</summary>
    public async Task<int> WriteAsync(ParseResult parsed, NewApiKey made)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (parsed.GetValue(Json))
        {
            CliJson.Write(output, new { key = made.Token.Reveal(), made.Row.Id, made.Row.OrganizationId, made.Row.Name, made.Row.Scopes, made.Row.Created, made.Row.Expires });
        }
        else
        {
            await error.WriteLineAsync($"{made.Row.Id} of {made.Row.OrganizationId}: {string.Join(", ", made.Row.Scopes)}; {ExpiryText(made.Row)}. It is shown this once:");
            await output.WriteLineAsync(made.Token.Reveal());
        }

        return ExitCode.Ok;
    }

    public static string ExpiryText(ApiKeyRow row) => row.Expires is { } expires ? $"expires {Moment(expires)}" : "never expires";

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
