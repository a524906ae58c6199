using Aico.Abstractions.Audio;
using Aico.Testing;

namespace Aico.Architecture.Tests.Contract;

/// <summary>Plugins that others built bind to Aico.Abstractions: its surface changes only on purpose.</summary>
public class ContractSurfaceTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, "tests", "Aico.Architecture.Tests");
    private static readonly string Approved = Path.Combine(Folder, "Aico.Abstractions.approved.txt");
    private static readonly string Received = Path.Combine(Folder, "Aico.Abstractions.received.txt");

    [Test]
    public void The_contracts_are_the_approved_ones()
    {
        var surface = ContractSurface.Of(typeof(AudioFrame).Assembly);
        var approved = File.Exists(Approved) ? File.ReadAllText(Approved).ReplaceLineEndings("\n") : "";

        if (surface == approved)
        {
            File.Delete(Received);
            return;
        }

        File.WriteAllText(Received, surface);
        Assert.Fail(
            "The public surface of Aico.Abstractions is not the approved one.\n"
            + Difference(approved, surface)
            + "If that is meant, say why in docs/decisions/, raise ContractVersion where plugins must know, and approve it:\n"
            + $"  mv {Path.GetRelativePath(TestPaths.Repository, Received)} {Path.GetRelativePath(TestPaths.Repository, Approved)}");
    }

    private static string Difference(string approved, string surface)
    {
        var before = Entries(approved).ToList();
        var after = Entries(surface).ToList();
        return string.Concat(before.Except(after).Select(entry => $"  gone: {entry}\n").Concat(after.Except(before).Select(entry => $"  new:  {entry}\n")));
    }

    /// <summary>Each line with the type that it belongs to before it.</summary>
    private static IEnumerable<string> Entries(string text)
    {
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type} | {line.Trim()}" : type;
        }
    }
}
