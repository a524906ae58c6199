using System.Diagnostics;
using System.Globalization;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>Starts this program again as a call host.</summary>
/// <param name="arguments">Of <c>aico serve</c>, as this process was given them, without what differs in a call host.</param>
/// <param name="variables">Beside those of this process; the key goes this way, where no list of processes shows it.</param>
/// <param name="withheld">Variables of this process that are not handed on.</param>
/// <param name="lines">Takes what it writes.</param>
internal sealed class CallHostLauncher(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> withheld, CallHostLines lines) : ICallHostLauncher
{
    /// <summary>Says to a process which call host it is.</summary>
    public const string NumberOption = "--call-host";

    public ICallHostProcess Start(int number) => new CallHostProcess(Process.Start(Describe(number))!, number, lines);

    internal ProcessStartInfo Describe(int number)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.FileName = Environment.ProcessPath ?? throw new CliException("This process does not know its own program.", ExitCode.Failed);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add("serve");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{NumberOption}={number}"));
        foreach (var name in withheld)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
