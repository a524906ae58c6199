using System.CommandLine;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Trials;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli;

/// <summary><c>aico providers test</c>: asks the real services whether they would serve, one by one or as a chain.</summary>
internal static class ProvidersTestCommand
{
    public static Command Create(Func<AicoHost> openHost, TimeProvider time)
    {
        var subjects = new ProviderSubjects(openHost, time);
        var keys = new Argument<string[]>("providers")
        {
            Description = "Their keys, in fallback order; left out with --org: all of the organization's.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var chain = new Option<bool>("--chain") { Description = "Sends a real request to each of them and through the chain of one kind. Cloud providers charge for it." };
        var kind = new Option<string?>("--type") { Description = $"The kind of the chain: {string.Join(", ", ChainTrials.Kinds.Select(ProviderKinds.Code))}.", HelpName = "kind" };
        var inject = new Option<string?>("--inject")
        {
            Description = $"With --chain: what the first provider is made to suffer: {string.Join(", ", InjectedFaults.Codes)}.",
            HelpName = "fault",
        };
        var json = CliJson.Option();
        var command = new Command("test", "Asks the real services whether they would serve with the settings and credentials of the environment, or of an organization.") { keys, chain, kind, inject, json };
        subjects.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var host = openHost();
            var organization = await subjects.ResolveAsync(parsed, host, parsed.GetValue(keys) ?? [], ct);
            var output = parsed.InvocationConfiguration.Output;
            if (!parsed.GetValue(chain))
            {
                return parsed.GetValue(inject) is null && parsed.GetValue(kind) is null
                    ? await ProbeAllAsync(organization, host, time, output, parsed.GetValue(json), ct)
                    : throw new CliException("--inject and --type go with --chain.");
            }

            var fault = Fault(parsed.GetValue(inject));
            var tried = Kind(parsed.GetValue(kind), organization);
            organization.Require(tried);
            var trials = new ChainTrials(host.Providers, host.Catalog, time, NullLoggerFactory.Instance);
            var result = await trials.RunAsync(organization, tried, fault, ct);
            ChainTrialText.Write(output, tried, result, parsed.GetValue(json));
            return result.Run.Answered && (fault is not null || result.Entries.All(entry => entry.Ok)) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static InjectedFault? Fault(string? code) => code is null ? null
        : InjectedFaults.Parse(code) ?? throw new CliException($"--inject {code}: it is one of {string.Join(", ", InjectedFaults.Codes)}.");

    private static ProviderKind Kind(string? code, ResolvedOrganization organization)
    {
        if (code is not null)
        {
            return ProviderKinds.Parse(code) is { } kind && ChainTrials.Kinds.Contains(kind) ? kind
                : throw new CliException($"--type {code}: it is one of {string.Join(", ", ChainTrials.Kinds.Select(ProviderKinds.Code))}.");
        }

        var kinds = ChainTrials.Kinds.Where(kind => organization.Chain(kind).Count > 0).ToList();
        return kinds is [var only] ? only : throw new CliException("--chain needs --type: there are providers of several kinds, or of none.");
    }

    private static async Task<int> ProbeAllAsync(ResolvedOrganization organization, AicoHost host, TimeProvider time, TextWriter output, bool asJson, CancellationToken ct)
    {
        var results = new List<ProbeOutcome>();
        foreach (var entry in ChainTrials.Kinds.SelectMany(organization.Chain))
        {
            results.Add(await ProbeOutcome.OfAsync(entry, host.Providers, time, ct));
        }

        if (asJson)
        {
            CliJson.Write(output, new { organizationId = organization.Id, providers = results, problems = organization.Problems.Select(problem => new { problem.ProviderKey, problem.Message }) });
        }
        else
        {
            var table = new CliTable("PROVIDER", "TYPE", "RESULT", "MS", "");
            foreach (var result in results)
            {
                table.Add([result.Key, result.Type, result.Ok ? "ok" : result.Failure!, $"{result.LatencyMs:0}", result.Message], [.. result.Warnings]);
            }

            table.Write(output);
            foreach (var problem in organization.Problems)
            {
                output.WriteLine($"not used: {problem.ProviderKey}: {problem.Message}");
            }
        }

        return results.TrueForAll(result => result.Ok) ? ExitCode.Ok : ExitCode.Failed;
    }
}
