using System.Security.Cryptography;
using System.Text;
using Aico.Host.Organizations.Keys;

namespace Aico.Host.Tests.Organizations.Keys;

public class ApiKeyTokenTests
{
    [Test]
    public void Is_recognizable_and_of_256_bits_of_chance()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => ApiKeyToken.New().Reveal()).ToList();

        tokens.Should().OnlyHaveUniqueItems().And.OnlyContain(token => System.Text.RegularExpressions.Regex.IsMatch(token, "^aico_[0-9A-Za-z]{49}$"));
        tokens.SelectMany(token => token[5..48]).Distinct().Should().HaveCount(62, "every letter and digit comes up in 43,000");
        tokens.Should().AllSatisfy(token => ApiKeyToken.TryHash(token, out _).Should().BeTrue());
        ApiKeyToken.New().ToString().Should().Be("***");
    }

    [Test]
    public void Hashes_to_SHA_256_of_all_of_it()
    {
        var token = ApiKeyToken.New();

        ApiKeyToken.TryHash(token.Reveal(), out var hash).Should().BeTrue();

        hash.ToArray().Should().Equal(SHA256.HashData(Encoding.ASCII.GetBytes(token.Reveal())));
        ApiKeyToken.Hash(token).Should().Be(hash);
    }

    [Test]
    public void Is_told_apart_from_a_mistyped_one_wherever_the_mistake_is()
    {
        var token = ApiKeyToken.New().Reveal();

        for (var i = 0; i < token.Length; i++)
        {
            var mistyped = token[..i] + (token[i] == 'x' ? 'y' : 'x') + token[(i + 1)..];
            ApiKeyToken.TryHash(mistyped, out _).Should().BeFalse($"letter {i} is wrong");
        }
    }

    [TestCase("")]
    [TestCase("aico_")]
    [TestCase("Bearer")]
    [TestCase("aico_0000000000000000000000000000000000000000000ü00000")]
    [TestCase("aico_000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void Is_no_other_text(string text)
    {
        ApiKeyToken.TryHash(text, out _).Should().BeFalse();
    }

    [Test]
    public void Has_a_checksum_that_stays_the_same_in_every_version()
    {
        // Handed out keys must go on being taken.
        ApiKeyToken.TryHash($"aico_{new string('A', 43)}wlVa93", out _).Should().BeTrue();
    }
}
