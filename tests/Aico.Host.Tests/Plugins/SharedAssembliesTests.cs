using System.Reflection;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;

namespace Aico.Host.Tests.Plugins;

/// <summary>The list is approved by hand: a new reference of the contract is a decision, since every plugin is bound to its version.</summary>
public class SharedAssembliesTests
{
    [Test]
    public void Shares_everything_that_the_contract_refers_to() => References().Except(SharedAssemblies.Names).Should().BeEmpty();

    [Test]
    public void Shares_nothing_else_beside_the_runtime() =>
        SharedAssemblies.Names.Where(name => !IsOfTheRuntime(name)).Should().BeEquivalentTo(References().Where(name => !IsOfTheRuntime(name)));

    private static bool IsOfTheRuntime(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static HashSet<string> References()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Assembly>([typeof(IAicoPlugin).Assembly]);
        while (waiting.TryDequeue(out var assembly))
        {
            if (seen.Add(assembly.GetName().Name!))
            {
                foreach (var reference in assembly.GetReferencedAssemblies())
                {
                    waiting.Enqueue(Assembly.Load(reference));
                }
            }
        }

        return seen;
    }
}
