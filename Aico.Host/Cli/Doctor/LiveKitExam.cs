using Aico.Host.Cli.Agents;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;

namespace Aico.Host.Cli.Doctor;

/// <summary>The LiveKit server: is it there, does it take our key, and does its clock agree with ours, since tokens carry times.</summary>
internal static class LiveKitExam
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The Date header has whole seconds, and the answer takes its time.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);

    // Servers allow a minute on either side of a token's times.
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<DoctorFinding>> LookAsync(
        IReadOnlyDictionary<string, string> environment, HttpMessageHandler http, TimeProvider time, CancellationToken ct)
    {
        LiveKitSettings? settings;
        try
        {
            settings = LiveKitEnvironment.Find(environment);
        }
        catch (CliException e)
        {
            return [Server(DoctorStatus.Broken, e.Message, "Set the variables right: docs/rooms.md.")];
        }

        if (settings is null)
        {
            return [Server(
                DoctorStatus.Missing,
                $"No server is set ({LiveKitSettings.UrlVariable}, {LiveKitSettings.KeyVariable}, {LiveKitSettings.SecretVariable}).",
                "For calls in rooms set the three variables, in the environment or with --env-file.")];
        }

        var (reached, clock) = await ReachAsync(settings, http, time, ct);
        var findings = new List<DoctorFinding> { reached };
        if (reached.Status == DoctorStatus.Ok)
        {
            findings.AddRange(clock is null ? [] : [clock]);
            findings.Add(await CredentialsAsync(settings, http, time, ct));
        }

        return findings;
    }

    private static async Task<(DoctorFinding Reached, DoctorFinding? Clock)> ReachAsync(
        LiveKitSettings settings, HttpMessageHandler http, TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            using var invoker = new HttpMessageInvoker(http, disposeHandler: false);
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.HttpUrl);
            var started = time.GetTimestamp();
            using var response = await invoker.SendAsync(request, either.Token);
            var took = time.GetElapsedTime(started);
            return (
                Server(DoctorStatus.Ok, $"{settings.HttpUrl.Authority} answers after {took.TotalMilliseconds:0} ms.", null),
                response.Headers.Date is { } date ? Clock(time.GetUtcNow() - date) : null);
        }
        catch (HttpRequestException e)
        {
            return (Unreachable(e.Message), null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (Unreachable($"no answer within {Patience.TotalSeconds:0} s"), null);
        }

        DoctorFinding Unreachable(string why) => Server(
            DoctorStatus.Broken, $"{settings.HttpUrl.Authority} cannot be reached: {why}", $"Start the server, open the way to it, or set {LiveKitSettings.UrlVariable} right.");
    }

    private static DoctorFinding Clock(TimeSpan ahead)
    {
        var off = ahead.Duration();
        var detail = off <= Noticeable ? "It agrees with the LiveKit server's." : $"It is {off.TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the LiveKit server's.";
        return new DoctorFinding(
            "clock",
            "clock",
            off > Refused ? DoctorStatus.Broken : off > Noticeable ? DoctorStatus.Warning : DoctorStatus.Ok,
            "times in tokens, prices and budgets",
            detail,
            off > Noticeable ? "Let both machines take their time from the network (on Debian: systemd-timesyncd or chrony)." : null);
    }

    private static async Task<DoctorFinding> CredentialsAsync(LiveKitSettings settings, HttpMessageHandler http, TimeProvider time, CancellationToken ct)
    {
        DoctorFinding Finding(DoctorStatus status, string? detail, string? remedy) =>
            new("livekit", "LiveKit API key", status, "rooms, agents and tokens", detail, remedy);
        try
        {
            // It asks for a right and changes nothing; the name keeps a busy server's list short.
            await new LiveKitApi(settings, http, time).Rooms.ListRoomsAsync(["aico-doctor"], ct);
        }
        catch (TwirpException e) when (e.Code is "unauthenticated" or "permission_denied")
        {
            return Finding(DoctorStatus.Broken, "The server refuses the key.", $"Set {LiveKitSettings.KeyVariable} and {LiveKitSettings.SecretVariable} to a pair of the server's configuration, and see that both clocks agree.");
        }
        catch (TwirpException e)
        {
            return Finding(DoctorStatus.Broken, e.Message, $"See that {LiveKitSettings.UrlVariable} leads to a LiveKit server, and what its log says.");
        }

        return settings.IsSecretTooShort
            ? Finding(DoctorStatus.Warning, $"The server takes it, but {LiveKitSettings.SecretVariable} is shorter than {LiveKitSettings.ShortestSafeSecret} characters: whoever sees a token can find it out.", "Give the server a longer secret.")
            : Finding(DoctorStatus.Ok, "The server takes it.", null);
    }

    private static DoctorFinding Server(DoctorStatus status, string detail, string? remedy) =>
        new("livekit", "LiveKit server", status, "calls in rooms", detail, remedy);
}
