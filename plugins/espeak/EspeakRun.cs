using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Aico.Abstractions;

namespace Aico.Plugins.Espeak;

/// <summary>
/// One run of espeak-ng. The text goes through its standard input, never through a command line. Disposal or cancellation kills the
/// program and waits until it is gone: about 1 ms.
/// </summary>
internal sealed class EspeakRun : IAsyncDisposable
{
    private const int LongestError = 2_000;

    private static readonly string[] Kept = ["PATH", "HOME", "LANG", "LC_ALL", "ESPEAK_DATA_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationTokenRegistration _onCancelled;

    private EspeakRun(Process process, CancellationToken ct)
    {
        _process = process;
        Id = process.Id;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        // Reading from a pipe does not hear a cancellation everywhere; the end of the program it always hears.
        _onCancelled = ct.Register(Kill);
    }

    public int Id { get; }

    /// <summary>What the program speaks, as a WAV stream.</summary>
    public Stream Audio => _process.StandardOutput.BaseStream;

    /// <exception cref="ProviderException">The program cannot be started.</exception>
    public static EspeakRun Start(string program, string voice, EspeakSettings settings, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            // UTF-8 in (-b 1), no pause at the end (-z).
            ArgumentList =
            {
                "--stdin", "--stdout", "-b", "1", "-z", "-v", voice,
                "-s", settings.WordsPerMinute.ToString(CultureInfo.InvariantCulture),
                "-p", settings.Pitch.ToString(CultureInfo.InvariantCulture),
            },
        };
        // The host's variables hold keys, which are no business of another program.
        foreach (var name in start.Environment.Keys.Where(name => !Kept.Contains(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            return new EspeakRun(Process.Start(start)!, ct);
        }
        catch (Win32Exception error)
        {
            throw new ProviderException(
                ProviderFailure.Unavailable, $"espeak-ng could not be started: {error.Message}. On Debian: {EspeakPlugin.Program.HowToGet}.", error);
        }
    }

    public async Task WriteAsync(string text, CancellationToken ct)
    {
        try
        {
            // Double brackets would be read as phonemes; a control character could end the text.
            var clean = text.Replace("[[", "[ [", StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(string.Create(clean.Length, clean, static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsControl(source[i]) ? ' ' : source[i];
                }
            }));
            await _process.StandardInput.BaseStream.WriteAsync(bytes, ct);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            ct.ThrowIfCancellationRequested();
            // The program ended before it read everything; what it says about that is thrown here.
            await EndAsync(ct);
        }
    }

    /// <summary>Waits for the end of the program.</summary>
    /// <exception cref="ProviderException">It failed.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        ct.ThrowIfCancellationRequested();
        if (_process.ExitCode == 0)
        {
            return;
        }

        var said = (await _errors).Trim();
        said = said.Length > LongestError ? said[..LongestError] : said;
        var failure = said.Contains("voice", StringComparison.OrdinalIgnoreCase) ? ProviderFailure.InvalidRequest : ProviderFailure.Unavailable;
        throw new ProviderException(failure, $"espeak-ng failed with exit code {_process.ExitCode}: {(said.Length > 0 ? said : "it said nothing")}");
    }

    public async ValueTask DisposeAsync()
    {
        await _onCancelled.DisposeAsync();
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between, which is all that is wanted.
        }
    }
}
