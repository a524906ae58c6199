using System.CommandLine;
using System.Diagnostics;
using Aico.Host;
using Aico.Host.Cli;
using Aico.Testing;

namespace Aico.Docs.Tests;

/// <summary>
/// A folder in which the commands of one page are run one after the other, as a reader would: with the files that the documents name, and
/// an organization "acme" where the page does not make it itself. AICO's own commands run in this process, so that they cost no start.
/// </summary>
internal sealed class DocumentSandbox : IDisposable
{
    private static readonly string _assembled = BuiltHost.Folder;

    // Generous: the bound is for a program that hangs, not for one that is slow.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    // The data folder of an organization "acme", made once: opening a host costs more than most commands.
    private static Task<Dictionary<string, byte[]>>? _acme;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-docs-");
    private readonly string _folderBefore = Environment.CurrentDirectory;
    private readonly Dictionary<string, string?> _variablesBefore = [];

    private DocumentSandbox()
    {
        Environment.CurrentDirectory = _folder.FullName;
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOurs))
        {
            Set(name, null);
        }

        Set("AICO_DATA_DIR", DataFolder);
        Directory.CreateSymbolicLink("config", Path.Combine(TestPaths.Repository, "config"));
        SampleFiles.Write(_folder.FullName);
    }

    public string Folder => _folder.FullName;

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    /// <summary>Opens a folder for the commands of a page.</summary>
    public static async Task<DocumentSandbox> OpenAsync(DocumentPage page)
    {
        var sandbox = new DocumentSandbox();
        if (!(await File.ReadAllTextAsync(page.File)).Contains("aico org create acme", StringComparison.Ordinal))
        {
            var target = Directory.CreateDirectory(sandbox.DataFolder).FullName;
            foreach (var file in await (_acme ??= PrepareAsync()))
            {
                await File.WriteAllBytesAsync(Path.Combine(target, file.Key), file.Value);
                OwnersOnly(Path.Combine(target, file.Key));
            }
        }

        return sandbox;
    }

    /// <summary>The host that the build has assembled.</summary>
    public static AicoHost OpenHost(AicoHostOptions? options = null) => BuiltHost.Open(options ?? new AicoHostOptions());

    /// <summary>All commands, with that host.</summary>
    public static RootCommand Root(TextReader input) => AicoCommandLine.Create(OpenHost, _assembled, input);

    /// <summary>Gives a variable to the commands that follow.</summary>
    public void Set(string name, string? value)
    {
        _variablesBefore.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    /// <exception cref="FormatException">The line holds a program that is not known here: it needs the mark "not run".</exception>
    public async Task<IReadOnlyList<CommandOutcome>> RunAsync(string line)
    {
        var outcomes = new List<CommandOutcome>();
        foreach (var command in ShellLine.Parse(line, Variable))
        {
            foreach (var (name, value) in command.Variables)
            {
                Set(name, value);
            }

            if (command.Words is [var program, .. var args])
            {
                outcomes.Add(await RunAsync(line, command, program, args));
                foreach (var name in command.Variables.Keys)
                {
                    Environment.SetEnvironmentVariable(name, null);
                }
            }
        }

        return outcomes;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _folderBefore;
        foreach (var (name, value) in _variablesBefore)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<Dictionary<string, byte[]>> PrepareAsync()
    {
        using var sandbox = new DocumentSandbox();
        foreach (var command in new[] { "aico org create acme", "aico org set acme flite", "aico org set acme scripted" })
        {
            (await sandbox.RunAsync(command)).Should().OnlyContain(outcome => outcome.ExitCode == 0);
        }

        return Directory.EnumerateFiles(sandbox.DataFolder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
    }

    // As AICO makes them: a key that others may read is refused.
    private static void OwnersOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // No provider and no server of the developer's own answers in a test.
    private static bool IsOurs(string name) =>
        new[] { "LLM_", "STT_", "TTS_", "VAD_", "LIVEKIT_", "AICO_", "PROVIDER_" }.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string? Variable(string name) => name == "PWD" ? Environment.CurrentDirectory : Environment.GetEnvironmentVariable(name);

    private static async Task<CommandOutcome> RunAsync(string line, ShellLine command, string program, string[] args)
    {
        switch (program)
        {
            case "aico" or "artifacts/aico/aico":
                return await RunAicoAsync(line, command, args);
            case "cd":
                Environment.CurrentDirectory = Path.GetFullPath(args.Single());
                return new CommandOutcome(line, 0, "", "");
            case "dotnet":
                return await RunProcessAsync(line, program, args);
            default:
                throw new FormatException($"\"{program}\" is not run here: put <!-- not run: the reason --> and an empty line before the block, or ```text around what is no command.");
        }
    }

    private static async Task<CommandOutcome> RunAicoAsync(string line, ShellLine command, string[] args)
    {
        using var input = new StringReader(command.Input is { } file ? await File.ReadAllTextAsync(file) : "What are your opening hours?\n/quit\n");
        Console.SetIn(input);
        var (output, error) = (new StringWriter(), new StringWriter());
        // A conversation takes as long as it takes; a test need not wait while somebody speaks.
        var isTimed = args is ["talk", ..] && args.Any(arg => arg is "--in" or "--text");
        var exitCode = await CliRunner.RunAsync(Root(input), isTimed ? [.. args, "--fast"] : args, output, error, CancellationToken.None);
        if (command.Output is { } target)
        {
            await File.WriteAllTextAsync(target, output.ToString());
        }

        return new CommandOutcome(line, exitCode, output.ToString(), error.ToString());
    }

    private static async Task<CommandOutcome> RunProcessAsync(string line, string program, string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var bound = new CancellationTokenSource(_patience, TimeProvider.System);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(bound.Token), process.StandardError.ReadToEndAsync(bound.Token));
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{line} did not end within {_patience}.");
        }

        return new CommandOutcome(line, process.ExitCode, await output, await error);
    }
}
