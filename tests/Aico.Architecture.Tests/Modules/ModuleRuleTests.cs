using Aico.Architecture.Tests.Fixture.Storage;

namespace Aico.Architecture.Tests.Modules;

/// <summary>Sees the rule red on the classes in Fixture/, and quiet where it must be quiet.</summary>
public class ModuleRuleTests
{
    private const string Root = "Aico.Architecture.Tests.Fixture";

    private static readonly ModuleTable Table = new(Root, new Dictionary<string, string[]>
    {
        ["Calls"] = ["Audio"],
        ["Audio"] = [],
        // Audio is allowed, so that every violation of the ledger is one of Calls or of the root.
        ["Storage"] = ["Audio"],
    });

    private readonly IReadOnlyList<ModuleViolation> _violations = ModuleRule.Violations(typeof(ModuleRuleTests).Assembly.Location, Table);

    [TestCase("Field")]
    [TestCase("GenericField")]
    [TestCase("Property")]
    [TestCase("StaticCall")]
    [TestCase("TypeOf")]
    [TestCase("Parameter")]
    [TestCase("GenericArgument")]
    [TestCase("Constraint")]
    [TestCase("Attribute")]
    [TestCase("Catch")]
    [TestCase("Lambda")]
    [TestCase("Closure")]
    [TestCase("LocalFunction")]
    [TestCase("Async")]
    [TestCase("Iterator")]
    public void Finds_a_forbidden_use_in(string member)
    {
        _violations.Should().Contain(violation =>
            violation.From == "Storage" && violation.To == "Calls" && violation.Member == $"{typeof(Ledger).FullName}.{member}");
    }

    [Test]
    public void Finds_a_forbidden_interface_in_a_declaration()
    {
        _violations.Should().Contain(violation => violation.Member == $"{typeof(PhoneBook).FullName}.(declaration)");
    }

    [Test]
    public void Finds_a_module_that_uses_the_composition_root()
    {
        _violations.Should().Contain(violation => violation.To == ModuleTable.CompositionRoot && violation.Member == $"{typeof(Ledger).FullName}.Root");
    }

    [Test]
    public void Finds_a_module_that_the_table_does_not_name()
    {
        _violations.Select(violation => violation.ToString()).Should().Contain($"Stray is no module of the table: {Root}.Stray.Orphan");
    }

    [Test]
    public void Says_the_edge_the_member_and_what_it_uses()
    {
        _violations.Select(violation => violation.ToString()).Should()
            .Contain($"Storage -> Calls is not allowed: {Root}.Storage.Ledger.Async uses {Root}.Calls.Phone.get_Count");
    }

    [Test]
    public void Says_nothing_about_allowed_edges_the_own_module_and_the_composition_root()
    {
        _violations.Select(violation => violation.Member).Should()
            .OnlyContain(member => member.StartsWith(Root + ".Storage.", StringComparison.Ordinal) || member == Root + ".Stray.Orphan")
            .And.NotContain($"{typeof(Ledger).FullName}.Inside");
    }
}
