using System.Reflection;
using System.Runtime.CompilerServices;
using MlNetRecurrent.Onnx.Heads;
using MlNetRecurrent.Onnx.Layers;
using MlNetRecurrent.Onnx.Networks;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>Each definition of the engine can be written to ONNX.</summary>
public sealed class FormatTests
{
    private static readonly Assembly _engine = Assembly.Load("MlNetRecurrent.Engine");

    [Fact]
    public void Each_layer_definition_has_a_format_of_its_own() =>
        AssertFormats("LayerDefinition", least: 6, definition => LayerFormats.Find(definition).Definition);

    [Fact]
    public void Each_head_definition_has_a_format_of_its_own() =>
        AssertFormats("HeadDefinition", least: 3, definition => HeadFormats.Find(definition).Definition, without: "QuantileDefinition");

    [Fact]
    public void Quantiles_are_refused() => Assert.Equal(
        "Outputs of QuantileDefinition cannot be expressed in ONNX by this library.",
        Assert.Throws<NotSupportedException>(() => HeadFormats.Find(DefinitionOf("QuantileDefinition"))).Message);

    [Fact]
    public void Each_format_is_listed()
    {
        AssertListed<LayerFormat>(format => LayerFormats.Find(format.Definition));
        AssertListed<HeadFormat>(format => HeadFormats.Find(format.Definition));
    }

    [Fact]
    public void A_definition_without_a_format_is_refused_by_its_name()
    {
        Assert.Equal(
            "Layers of Version cannot be expressed in ONNX by this library.",
            Assert.Throws<NotSupportedException>(() => LayerFormats.Find(typeof(Version))).Message);
        Assert.Equal(
            "Outputs of Version cannot be expressed in ONNX by this library.",
            Assert.Throws<NotSupportedException>(() => HeadFormats.Find(typeof(Version))).Message);
    }

    [Fact]
    public void A_decoder_is_refused()
    {
        object definition = RuntimeHelpers.GetUninitializedObject(DefinitionOf("NetworkDefinition"));
        Set(definition, "Decoder", Activator.CreateInstance(DefinitionOf("DecoderDefinition"), 2, 1, 4)!);
        object network = RuntimeHelpers.GetUninitializedObject(_engine.GetType("MlNetRecurrent.Engine.Training.TrainedNetwork", true)!);
        Set(network, "Definition", definition);
        MethodInfo add = typeof(NetworkGraph).GetMethod("Add", BindingFlags.Static | BindingFlags.Public)!;
        Assert.Equal(
            "Decoders of values that are known in advance cannot be expressed in ONNX by this library.",
            Assert.Throws<NotSupportedException>(
                () => add.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [null, network, null, null], null)).Message);

        static void Set(object record, string property, object value) => record.GetType().GetProperty(property)!.SetValue(record, value);
    }

    private static Type DefinitionOf(string name) => _engine.GetType($"MlNetRecurrent.Engine.Definitions.{name}", throwOnError: true)!;

    private static void AssertFormats(string baseType, int least, Func<Type, Type> findDefinition, string? without = null)
    {
        Type parent = DefinitionOf(baseType);
        Type[] definitions =
            [.. _engine.GetTypes().Where(type => type.IsSubclassOf(parent) && !type.IsAbstract && type.Name != without)];
        Assert.InRange(definitions.Length, least, int.MaxValue);
        Assert.All(definitions, definition => Assert.Equal(definition, findDefinition(definition)));
    }

    private static void AssertListed<T>(Func<T, T> find)
        where T : class
    {
        Type[] formats = [.. typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)];
        Assert.NotEmpty(formats);
        Assert.All(formats, format => Assert.IsType(format, find((T)Activator.CreateInstance(format)!)));
    }
}
