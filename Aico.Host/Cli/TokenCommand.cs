using System.CommandLine;
using Aico.Host.Cli.Agents;
using Aico.Host.LiveKit.Access;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary><c>aico token</c>: a token that any LiveKit frontend joins a room with.</summary>
internal static class TokenCommand
{
    public static Command Create(TimeProvider time)
    {
        var room = new Option<string>("--room") { Description = "The room to join; it is made when somebody joins.", HelpName = "name", Required = true };
        var identity = new Option<string?>("--identity") { Description = "Unique in the room. Default: caller- and six characters.", HelpName = "name" };
        var name = new Option<string?>("--name") { Description = "What others see. Default: the identity.", HelpName = "name" };
        var ttl = new Option<string>("--ttl") { Description = "How long it can be used to join.", HelpName = "duration", DefaultValueFactory = _ => "6h" };
        var metadata = new Option<string?>("--metadata") { Description = "The participant's metadata.", HelpName = "text" };
        var attribute = new Option<string[]>("--attribute") { Description = "An attribute of the participant. May be given again.", HelpName = "name=value", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var agent = new Option<string?>("--agent-name") { Description = "Asks this agent into the room when the token makes it. Default: LIVEKIT_AGENT_NAME; agents without a name come by themselves.", HelpName = "name" };
        var agentMetadata = new Option<string?>("--agent-metadata") { Description = "Metadata of the agent's job, such as {\"organization\":\"acme\"}.", HelpName = "text" };
        var envFiles = EnvironmentOption.Create();
        var json = CliJson.Option();
        var command = new Command("token", "Makes a LiveKit join token, from LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET. Nothing is asked of the server.")
        {
            room, identity, name, ttl, metadata, attribute, agent, agentMetadata, envFiles, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var environment = CliEnvironment.Read(parsed.GetValue(envFiles) ?? []);
            var settings = LiveKitEnvironment.Require(environment);
            var who = Named(parsed.GetValue(identity), "--identity") ?? $"caller-{Guid.NewGuid().ToString("n")[..6]}";
            var agentName = parsed.GetValue(agent) ?? environment.GetValueOrDefault(LiveKitEnvironment.AgentNameVariable);
            var claims = new TokenClaims
            {
                Identity = who,
                Name = parsed.GetValue(name) ?? who,
                Metadata = parsed.GetValue(metadata),
                Attributes = Attributes(parsed.GetValue(attribute) ?? []),
                Video = new VideoGrant { RoomJoin = true, Room = Named(parsed.GetRequiredValue(room), "--room"), CanUpdateOwnMetadata = true },
                RoomConfig = agentName is { Length: > 0 } || parsed.GetValue(agentMetadata) is not null
                    ? new RoomConfiguration { Agents = [new RoomAgentDispatch { AgentName = agentName ?? "", Metadata = parsed.GetValue(agentMetadata) }] }
                    : null,
            };
            var token = new TokenIssuer(settings, time).Issue(claims, Lifetime(parsed.GetRequiredValue(ttl)));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new
                {
                    serverUrl = settings.WebSocketUrl.AbsoluteUri.TrimEnd('/'),
                    roomName = claims.Video.Room,
                    participantIdentity = who,
                    participantName = claims.Name,
                    participantToken = token,
                });
            }
            else
            {
                await output.WriteLineAsync(token);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static string? Named(string? text, string option) =>
        text is null ? null : string.IsNullOrWhiteSpace(text) ? throw new CliException($"{option} needs a value.") : text;

    private static TimeSpan Lifetime(string text)
    {
        if (!Duration.TryParse(text, out var lifetime) || lifetime < TimeSpan.FromSeconds(1))
        {
            throw new CliException("--ttl: expected a duration of at least 1s, such as 15m or 6h.");
        }

        return lifetime;
    }

    private static Dictionary<string, string>? Attributes(IReadOnlyCollection<string> arguments)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new CliException("--attribute: expected name=value.");
            }

            attributes[argument[..equals]] = argument[(equals + 1)..];
        }

        return attributes.Count == 0 ? null : attributes;
    }
}
