using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class OrganizationTests
{
    private static readonly Dictionary<string, string> Acme = new() { ["aico.organization"] = "acme" };

    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    public static IEnumerable<TestCaseData> Named()
    {
        var job = new RoomJob { Id = "AJ_1" };
        yield return new TestCaseData(job with { Metadata = """{"organization": "acme"}""" }, "acme").SetName("The job's metadata names the organization");
        yield return new TestCaseData(job with { Metadata = """{"organizationId": "acme"}""" }, "acme").SetName("The job's metadata names the organization's id");
        yield return new TestCaseData(job with { Metadata = "hello {", Attributes = Acme }, "acme").SetName("The dispatch's attribute names it where the metadata is no JSON");
        yield return new TestCaseData(job with { RoomMetadata = """{"organization": "acme"}""" }, "acme").SetName("The room's metadata names it");
        yield return new TestCaseData(job with { ParticipantAttributes = Acme }, "acme").SetName("The attribute of the job's participant names it");
        yield return new TestCaseData(job with { Metadata = """{"organization": "acme"}""", RoomMetadata = """{"organization": "b"}""" }, "acme")
            .SetName("The job's metadata goes before the room's");
        yield return new TestCaseData(job with { RoomMetadata = """{"organization": "acme"}""", ParticipantAttributes = new Dictionary<string, string> { ["aico.organization"] = "b" } }, "acme")
            .SetName("The room's metadata goes before the participant");
        yield return new TestCaseData(job with { Metadata = """{"organization": 7}""" }, null).SetName("A number names nobody");
    }

    [TestCaseSource(nameof(Named))]
    public void Is_the_one_that_was_named(RoomJob job, string? organization) => JobWish.Of(job).OrganizationId.Should().Be(organization);

    [Test]
    public async Task Unknown_to_this_host_refuses_the_job_for_every_worker()
    {
        var answer = await _h.Handler.ConsiderAsync(_h.Job with { Metadata = """{"organization": "nobody"}""" }, CancellationToken.None);

        answer.EndsJob.Should().BeTrue();
        answer.RefusalReason.Should().Contain("\"nobody\"");
    }

    [TestCase(""", "tellsRefusal": true""", true)]
    [TestCase(""", "tellsRefusal": "yes" """, false)]
    [TestCase("", false)]
    public async Task Unknown_is_told_in_the_room_where_whoever_asked_wants_it(string wish, bool isTold)
    {
        var answer = await _h.Handler.ConsiderAsync(_h.Job with { Metadata = $$"""{"organization": "nobody"{{wish}}}""" }, CancellationToken.None);

        answer.EndsJob.Should().BeTrue();
        _h.Administration.Metadata.Select(told => (told.RoomName, Refusal.Read(told.Metadata)))
            .Should().Equal(isTold ? [("demo", answer.RefusalReason)] : []);
    }

    [Test]
    public async Task Unknown_refuses_also_where_the_room_cannot_be_told()
    {
        _h.Administration.Failure = new RoomException(RoomFailure.Unavailable, "gone");

        var answer = await _h.Handler.ConsiderAsync(_h.Job with { Metadata = """{"organization": "nobody", "tellsRefusal": true}""" }, CancellationToken.None);

        answer.EndsJob.Should().BeTrue();
    }

    [TestCase(BudgetAction.Warn, false)]
    [TestCase(BudgetAction.Cheaper, false)]
    [TestCase(BudgetAction.Block, true)]
    public async Task Spending_more_than_its_budget_refuses_the_job_where_the_budget_blocks(BudgetAction action, bool isRefused)
    {
        _h.Budget = new BudgetState(action, 11, 10);

        var answer = await _h.Handler.ConsiderAsync(_h.Job with { Metadata = """{"organization": "acme", "tellsRefusal": true}""" }, CancellationToken.None);

        answer.EndsJob.Should().Be(isRefused);
        answer.RefusalReason.Should().Be(_h.Budget.Refusal);
        _h.Administration.Metadata.Should().HaveCount(isRefused ? 1 : 0);
    }

    [Test]
    public async Task Known_takes_the_job_and_shows_that_the_agent_is_initializing()
    {
        var answer = await _h.Handler.ConsiderAsync(_h.Job, CancellationToken.None);

        answer.RefusalReason.Should().BeNull();
        answer.Attributes.Should().Contain("lk.agent.state", "initializing");
    }

    [Test]
    public void Named_by_the_caller_counts_where_nobody_else_named_one()
    {
        _h.Agent = _h.Agent with { Greeting = "Hello." };
        _h.Room.Joins("me", attributes: Acme);

        _h.RunUntil(3);

        _h.Call.OrganizationId.Should().Be("acme");
        _h.Leased.Should().Equal("default", "acme");
        _h.Returned.Should().Be(1);
        _h.Turns.Should().ContainSingle().Which.HeardText.Should().Be("Hello.");
    }

    [Test]
    public void Named_by_the_caller_does_not_count_where_the_job_named_one()
    {
        _h.Job = _h.Job with { Metadata = """{"organization": "default"}""" };
        _h.Room.Joins("me", attributes: Acme);

        _h.RunUntil(3);

        _h.Leased.Should().Equal("default");
    }

    [Test]
    public void Named_by_the_caller_is_waited_for_where_there_is_no_default()
    {
        _h.DefaultOrganizationId = null;
        _h.RunUntil(2);
        _h.Leased.Should().BeEmpty();

        _h.Room.Joins("me", attributes: Acme);
        _h.RunUntil(4);

        _h.Leased.Should().Equal("acme");
        _h.Room.States.Should().EndWith("listening");
    }
}
