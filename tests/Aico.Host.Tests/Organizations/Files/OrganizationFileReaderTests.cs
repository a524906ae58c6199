using System.Text;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Tests.Organizations.Files;

public class OrganizationFileReaderTests
{
    [Test]
    public void Reads_what_an_admin_writes_with_comments_and_commas_at_the_end()
    {
        var content = Read(
            """
            {
              // The garage.
              "$schema": "./organization.schema.json",
              "name": "Acme",
              "providers": {
                "hearing": { "priority": 200, "config": { "model": "nova-3" }, "secrets": { "apiKey": "${env:HEARING_KEY}" } },
                "speaking": { "enabled": false, },
              },
              "agent": { "greeting": "Hello." },
              "agents": { "sales": { "providers": { "thinking": { "temperature": 0.2 } } } },
            }
            """,
            out var errors);

        errors.Should().BeEmpty();
        content!.Name.Should().Be("Acme");
        content.Providers.Select(provider => (provider.Key, provider.IsEnabled, provider.Priority)).Should().Equal(("hearing", true, 200), ("speaking", false, 100));
        content.Providers[0].Config["model"]!.GetValue<string>().Should().Be("nova-3");
        content.Providers[0].Secrets["apiKey"].Should().Be(new SecretReference(false, "HEARING_KEY"));
        content.Agents.Keys.Should().BeEquivalentTo("default", "sales");
    }

    [Test]
    public void Takes_the_id_for_a_name_where_there_is_none()
    {
        Read("{}", out _)!.Name.Should().Be("acme");
    }

    [Test]
    public void Names_everything_that_is_wrong_with_its_place()
    {
        Read(
            """
            {
              "nmae": "Acme",
              "id": "other",
              "providers": {
                "hearing": { "config": { "modell": "x" }, "secrets": { "apikey": "${env:A}" } },
                "thinkng": {},
                "thinking": { "priority": "high", "config": { "port": 0 } }
              },
              "agent": { "greeting": 5, "providers": { "thinking": { "host": "x" } } }
            }
            """,
            out var errors);

        errors.Select(error => (error.Pointer, error.Line)).Should().Equal(
            ("/nmae", 2),
            ("/id", 3),
            ("/providers/hearing/config/modell", 5),
            ("/providers/hearing/secrets/apikey", 5),
            ("/providers/thinkng", 6),
            ("/providers/thinking/priority", 7),
            ("/providers/thinking/config/port", 7),
            ("/agent/greeting", 9));
        errors[0].Should().Match<OrganizationFileError>(error => error.Column == 3 && error.Message.Contains("did you mean \"name\"?"));
        errors[2].Column.Should().Be(30);
        errors[4].Message.Should().Contain("did you mean thinking?");
    }

    [TestCase("{\n  \"name\": \"Acme\"\n  \"id\": 1\n}", 3, 3)]
    [TestCase("{ \"name\": \"Ä\", x }", 1, 16)]
    [TestCase("", 1, 1)]
    [TestCase("{ \"name\": \"a\", \"name\": \"b\" }", 1, 16)]
    [TestCase("{ \"name\": \"\\ud800\" }", 1, 11)]
    public void Says_line_and_column_where_the_text_is_no_JSON(string text, int line, int column)
    {
        Read(text, out var errors).Should().BeNull();

        errors.Should().ContainSingle().Which.Should().Match<OrganizationFileError>(error => error.Line == line && error.Column == column);
    }

    [Test]
    public void Says_where_the_text_is_not_in_UTF8()
    {
        Reader.Read("acme", [(byte)'{', (byte)'\n', (byte)' ', 0xff, (byte)'}'], out var errors).Should().BeNull();

        errors.Should().ContainSingle().Which.Should().Match<OrganizationFileError>(error => error.Line == 2 && error.Column == 2);
    }

    [TestCase("\"sk-canary-in-clear\"")]
    [TestCase("tsk-canary-in-clear")]
    [TestCase("[\"sk-canary-in-clear\"]")]
    [TestCase("\"${env:sk-canary-in-clear}\"")]
    public void Refuses_secrets_in_clear_and_does_not_repeat_them(string secret)
    {
        Read($$"""{ "providers": { "hearing": { "secrets": { "apiKey": {{secret}} } } } }""", out var errors).Should().BeNull();

        errors.Should().ContainSingle().Which.ToString().Should().NotContain("canary");
    }

    [Test]
    public void Refuses_a_provider_whose_agents_name_where_it_is_reached()
    {
        Read("""{ "agents": { "sales": { "providers": { "thinking": { "host": "10.0.0.1" } } } } }""", out var errors);

        errors.Should().ContainSingle().Which.Pointer.Should().Be("/agents/sales/providers/thinking/host");
    }

    [TestCase("Acme")]
    [TestCase("-acme")]
    [TestCase("a b")]
    public void Refuses_names_of_files_that_are_no_ids(string id)
    {
        Reader.Read(id, "{}"u8, out var errors).Should().BeNull();

        errors.Should().ContainSingle().Which.Message.Should().Contain("file's name");
    }

    [Test]
    public void Refuses_the_default_agent_twice()
    {
        Read("""{ "agent": {}, "agents": { "default": {} } }""", out var errors);

        errors.Should().ContainSingle().Which.Pointer.Should().Be("/agent");
    }

    private static OrganizationFileReader Reader => new(new ConfigurationRules(SampleCatalog.Make()));

    private static OrganizationFileContent? Read(string text, out IReadOnlyList<OrganizationFileError> errors) =>
        Reader.Read("acme", Encoding.UTF8.GetBytes(text), out errors);
}
