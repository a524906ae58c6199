using Aico.Abstractions;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing;

namespace Aico.Plugins.Tests.Moonshine;

public class VocabularyTests
{
    private string _file = "";

    [SetUp]
    public void Create()
    {
        _file = Path.GetTempFileName();
        File.WriteAllLines(_file, ["<unk>", "<s>", "</s>", "<0x00>", "<0xC3>", "<0xA9>", "▁He", "▁said", "t", ".", "<0x0A>", "▁▁"]);
    }

    [TearDown]
    public void Delete() => File.Delete(_file);

    [Test]
    public void Joins_pieces_and_trims()
    {
        Vocabulary.Load(_file).TextOf([6, 7, 11, 8, 9, 10]).Should().Be("He said  t.");
    }

    [Test]
    public void Joins_bytes_to_letters()
    {
        Vocabulary.Load(_file).TextOf([8, 4, 5, 8]).Should().Be("tét");
    }

    [Test]
    public void Leaves_out_marks_that_have_no_text()
    {
        Vocabulary.Load(_file).TextOf([1, 6, 12, 32_767, 0, 9, 2]).Should().Be("He.");
    }

    [Test]
    public void The_real_one_has_every_piece()
    {
        var vocabulary = Vocabulary.Load(NativeContext.Required("models/moonshine-tiny/vocabulary.txt"));

        vocabulary.TextOf([31_999]).Should().NotBeEmpty();
        vocabulary.TextOf([32_000]).Should().BeEmpty();
        vocabulary.TextOf([278]).Should().Be("the");
    }

    [Test]
    public void Refuses_a_file_that_is_none()
    {
        FluentActions.Invoking(() => Vocabulary.Load(Path.Combine(TestPaths.Repository, "Aico.sln")))
            .Should().Throw<ProviderException>().WithMessage("*Aico.sln is no vocabulary*")
            .Which.Failure.Should().Be(ProviderFailure.ProtocolError);
        FluentActions.Invoking(() => Vocabulary.Load(_file + ".none"))
            .Should().Throw<ProviderException>().Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }
}
