using System.Text;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>Decoders in files and in the fields of examples.</summary>
public sealed class DecoderDefinitionTests
{
    private static readonly NetworkDefinition _network = ForecastCase.Definition;

    [Fact]
    public void A_definition_comes_back_from_its_JSON()
    {
        NetworkDefinition quantiles = _network with { Outputs = 6, Head = new QuantileDefinition { Quantiles = [0.1, 0.5] } };
        string json = Write(quantiles);
        Assert.Contains("""
            "Decoder":{"Horizon":3,"Features":2,"Units":20}
            """, json, StringComparison.Ordinal);
        NetworkDefinition read = DescriptionJson.Read<NetworkDefinition>(Encoding.UTF8.GetBytes(json), "model");
        read.Validate();
        Assert.Equal(quantiles with { Layers = read.Layers }, read);
        Assert.Equal(quantiles.Layers, read.Layers);
        Assert.Equal(json, Write(read));
    }

    [Fact]
    public void The_JSON_of_a_network_without_a_decoder_has_no_new_properties()
    {
        string json = Write(_network with { Decoder = null, Inputs = [new("x", 1)] });
        foreach (string property in (string[])["Decoder", "Ahead", "Format", "StateSize", "Count", "Fields"])
            Assert.DoesNotContain(property, json, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_that_know_neither_the_head_nor_the_decoder_are_too_old()
    {
        Assert.Equal(5, _network.FirstFormat);
        Assert.Equal(1, (_network with { Decoder = null }).FirstFormat);
        Assert.Equal(5, (_network with { Decoder = null, Head = new QuantileDefinition() }).FirstFormat);
        JointPart value = new() { Head = HeadDefinition.Value, Outputs = 1 };
        JointPart quantile = new() { Head = new QuantileDefinition(), Outputs = 1 };
        Assert.Equal(4, new JointDefinition { Parts = [value, value] }.FirstFormat);
        Assert.Equal(5, new JointDefinition { Parts = [value, quantile] }.FirstFormat);
    }

    [Theory]
    [InlineData(0, 1, 1, "Horizon is 0")]
    [InlineData(-1, 1, 1, "Horizon is -1")]
    [InlineData(1 << 17, 1, 1, "Horizon is 131072")]
    [InlineData(2, 1, 1, "Outputs is 3")]
    [InlineData(3, 0, 1, "Features is 0")]
    [InlineData(3, 1 << 17, 1, "Features is 131072")]
    [InlineData(3, 1, 0, "Units is 0")]
    [InlineData(3, 1, 1 << 17, "Units is 131072")]
    public void Impossible_sizes_are_refused(int horizon, int features, int units, string reason) => Assert.Equal(
        $"The description of the decoder is damaged: {reason}.",
        Assert.Throws<InvalidDataException>((_network with { Decoder = new(horizon, features, units) }).Validate).Message);

    [Fact]
    public void A_decoder_belongs_to_a_network_with_outputs_for_each_step()
    {
        _network.Validate();
        Assert.Throws<InvalidDataException>((_network with { EveryStep = false }).Validate);
        NetworkDefinition large = _network with { Decoder = new(3, 1 << 16, 1 << 16) };
        Assert.Throws<InvalidDataException>(large.Validate);
        InputField ahead = new("x", 1) { Ahead = 1 };
        Assert.Throws<InvalidDataException>((_network with { Inputs = [ahead] }).Validate);
    }

    [Fact]
    public void An_example_holds_as_many_values_as_it_has_steps_and_steps_ahead()
    {
        Assert.Equal("'Known' (2 numbers, 3 steps ahead)", _network.ExampleFields[^1].Describe());
        var data = new SequenceSet(_network.ExampleFields);
        data.AddField(new float[2]);
        string message = Assert.Throws<ArgumentException>(() => data.AddField(new float[2 * 2])).Message;
        Assert.Equal("'Known' has 2 values for an example where 5 are expected.", message);
        data.AddField(new float[2 * 5]);
        data.Complete();
        data.AddField(ReadOnlySpan<float>.Empty);
        data.AddField(new float[2 * 3]);
        data.Complete();
        Assert.Equal((2, 0, 2), (data.Length(0), data.Length(1), (int)data.Steps));
        var known = new SequenceSet([_network.Decoder!.Field]);
        Assert.Throws<ArgumentException>(() => known.AddField(new float[2 * 2]));
        known.AddField(new float[2 * 4]);
        known.Complete();
        Assert.Equal(1, known.Length(0));
    }

    [Fact]
    public void Examples_without_the_known_values_are_refused()
    {
        var network = new TrainedNetwork(
            _network, FeatureNormalization.None(3), new Networks.Network<Kernels.ScalarLane, float>(_network).Initialize(1));
        var data = new SequenceSet(1);
        data.Add([1f, 2f], []);
        var scorer = SequenceScorer.For(network);
        string message = Assert.Throws<ArgumentException>(() => scorer.Run(data)).Message;
        Assert.Equal("The examples lack the 2 values that are known for each of 3 steps ahead.", message);
    }

    private static string Write(NetworkDefinition network) => Encoding.UTF8.GetString(DescriptionJson.Write(network));
}
