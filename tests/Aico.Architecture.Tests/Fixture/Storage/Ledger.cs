// Each member breaks the fixture's table in its own way, so that ModuleRuleTests sees the rule red on each for ever.
// No using line names the forbidden module: a sibling namespace needs none, which is why the rule reads IL.
namespace Aico.Architecture.Tests.Fixture.Storage;

internal sealed class Ledger
{
    public Calls.Phone Field = new();

    public List<Calls.Phone[]> GenericField = [];

    public Calls.Phone? Property { get; set; }

    public static int StaticCall() => Calls.Phone.Count;

    public static string TypeOf() => typeof(Calls.Phone).Name;

    public static void Parameter(Calls.Phone? phone) => _ = phone;

    public static object GenericArgument() => Enumerable.Empty<Calls.Phone>();

    public static void Constraint<T>()
        where T : Calls.IPhone
    {
    }

    [Calls.Phone]
    public static void Attribute()
    {
    }

    public static void Catch()
    {
        try
        {
            Audio.Speaker.Play();
        }
        catch (Calls.PhoneException)
        {
        }
    }

    public static Func<int> Lambda() => () => Calls.Phone.Find().Dial();

    public static Func<int> Closure(int more) => () => Calls.Phone.Find().Dial() + more;

    public static int LocalFunction()
    {
        return Inner();

        static int Inner() => Calls.Phone.Count;
    }

    public static async Task<int> Async()
    {
        await Task.Yield();
        return Calls.Phone.Count;
    }

    public static IEnumerable<int> Iterator()
    {
        yield return Calls.Phone.Count;
    }

    public static void Root() => Composition.Compose();

    /// <summary>Stays inside its module: no violation.</summary>
    public int Inside() => GetHashCode();
}
