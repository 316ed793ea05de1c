using System.Text.Json.Serialization.Metadata;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// Finds the definitions of layers and heads by their names in files: every record of this assembly that derives from
/// <see cref="LayerDefinition"/> or <see cref="HeadDefinition"/>. A new one needs no entry in a list.
/// </summary>
internal static class KnownDefinitions
{
    /// <summary>The property of a layer in files that names its cell.</summary>
    private const string CellProperty = "Cell";

    /// <summary>All heads.</summary>
    public static IReadOnlyList<HeadDefinition> Heads { get; } = Subclasses.CreateAll<HeadDefinition>();

    /// <summary>A layer of one unit of every kind.</summary>
    public static IReadOnlyList<LayerDefinition> Layers { get; } = Subclasses.CreateAll<LayerDefinition>(1);

    /// <summary>Tells the serializer which record a layer is, by the name of its cell.</summary>
    public static IJsonTypeInfoResolver Resolver { get; } = RecordJson.CreateResolver(AddLayers);

    private static void AddLayers(JsonTypeInfo info)
    {
        if (info.Type != typeof(LayerDefinition))
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = CellProperty };
        foreach (LayerDefinition layer in Layers)
            info.PolymorphismOptions.DerivedTypes.Add(new(layer.GetType(), layer.Kind));
    }
}
