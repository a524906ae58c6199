using System.Net;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Tests.Providers.Egress;

public class EgressPolicyTests
{
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.168.1.1")]
    [TestCase("100.64.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("168.63.129.16")]
    [TestCase("192.0.0.192")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("fe80::1")]
    [TestCase("fe80::1%1")]
    [TestCase("fc00::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("ff02::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:a9fe:a9fe")]
    [TestCase("::127.0.0.1")]
    [TestCase("64:ff9b::10.0.0.1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2001:0:1:2:3:4:80ff:fffe")]
    public void Denies_addresses_that_are_nobody_s_on_the_internet(string address)
    {
        EgressPolicy.Parse(null).Refusal("name.example", 443, IPAddress.Parse(address)).Should().Contain("AICO_EGRESS_ALLOW");
        EgressPolicy.Parse(null).RefusalUnresolved(address.Split('%')[0], 443).Should().Contain("AICO_EGRESS_ALLOW");
    }

    [TestCase("8.8.8.8")]
    [TestCase("172.32.0.1")]
    [TestCase("100.128.0.1")]
    [TestCase("2606:4700::1111")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("64:ff9b::8.8.8.8")]
    public void Allows_public_addresses(string address)
    {
        EgressPolicy.Parse(null).Refusal("name.example", 443, IPAddress.Parse(address)).Should().BeNull();
        EgressPolicy.Parse(null).RefusalUnresolved(address, 443).Should().BeNull();
    }

    [TestCase("localhost")]
    [TestCase("LOCALHOST.")]
    [TestCase("a.localhost")]
    [TestCase("metadata.google.internal")]
    [TestCase("2130706433")]
    [TestCase("0x7f000001")]
    [TestCase("0x7f.1")]
    [TestCase("017700000001")]
    [TestCase("127.1")]
    [TestCase("[::1]")]
    [TestCase("[::ffff:7f00:1]")]
    public void Denies_other_ways_to_write_the_same(string host)
    {
        EgressPolicy.Parse(null).RefusalUnresolved(host, 80).Should().NotBeNull();
    }

    [Test]
    public void Says_nothing_of_a_name_before_it_is_resolved_and_does_not_tell_what_it_leads_to()
    {
        var policy = EgressPolicy.Parse(null);

        policy.RefusalUnresolved("vendor.example", 443).Should().BeNull();
        policy.Refusal("vendor.example", 443, IPAddress.Parse("10.9.8.7")).Should().Contain("vendor.example:443").And.NotContain("10.9.8.7");
    }

    [TestCase("10.0.0.0/8", "10.1.2.3", 80, true)]
    [TestCase("10.0.0.0/8", "192.168.1.1", 80, false)]
    [TestCase("10.0.0.0/8", "::ffff:10.1.2.3", 80, true)]
    [TestCase("10.1.2.3:9000", "10.1.2.3", 9000, true)]
    [TestCase("10.1.2.3:9000", "10.1.2.3", 9001, false)]
    [TestCase("piper.internal", "10.1.2.3", 80, true)]
    [TestCase("PIPER.internal:5000", "10.1.2.3", 5000, true)]
    [TestCase("piper.internal:5000", "10.1.2.3", 5001, false)]
    [TestCase("*.internal", "10.1.2.3", 80, true)]
    [TestCase("*.other", "10.1.2.3", 80, false)]
    [TestCase("internal", "10.1.2.3", 80, false)]
    [TestCase("a.example, fd00::/8", "fd00::1", 80, true)]
    [TestCase("*", "169.254.169.254", 80, true)]
    public void Allows_what_the_operator_names(string allow, string address, int port, bool isAllowed)
    {
        (EgressPolicy.Parse(allow).Refusal("piper.internal", port, IPAddress.Parse(address)) is null).Should().Be(isAllowed);
    }

    [TestCase("a b")]
    [TestCase("http://x")]
    [TestCase("host:0")]
    [TestCase("host:x")]
    public void Refuses_entries_that_mean_nothing(string allow)
    {
        FluentActions.Invoking(() => EgressPolicy.Parse($"a.example,{allow}")).Should().Throw<FormatException>().Which.Message.Should().Contain(allow);
    }

    [Test]
    public void Lets_this_machine_be_reached_where_only_its_own_people_configure_anything()
    {
        var policy = EgressPolicy.Parse(null, allowsLoopback: true);

        policy.RefusalUnresolved("localhost", 11434).Should().BeNull();
        policy.Refusal("localhost", 11434, IPAddress.IPv6Loopback).Should().BeNull();
        policy.RefusalUnresolved("10.0.0.1", 11434).Should().NotBeNull();
        policy.RefusalUnresolved("169.254.169.254", 80).Should().NotBeNull();
    }
}
