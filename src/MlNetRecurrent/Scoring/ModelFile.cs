using System.Text.Json;
using System.Text.Json.Serialization;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>
/// A model in a stream: a JSON description as <see cref="DescriptionFormat"/> has it, and the weights as <see cref="WeightFormat"/> has them, whose checksum covers both.
/// </summary>
internal static class ModelFile
{
    /// <summary>Rises when a reader of an older version would read something wrong.</summary>
    private const int FormatVersion = 1;

    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static void Write(BinaryWriter writer, RecurrentModel model)
    {
        byte[] description = Describe(model);
        DescriptionFormat.Write(writer.BaseStream, description);
        WeightFormat.Write(writer.BaseStream, model.Network.Definition, model.Network.Parameters, description);
    }

    /// <exception cref="InvalidDataException">The stream holds no model, part of one, a damaged one, or one of a newer version.</exception>
    public static RecurrentModel Read(BinaryReader reader)
    {
        byte[] bytes = new DescriptionFormat("model").Read(reader.BaseStream);
        return Restore(bytes, definition => WeightFormat.Read(reader.BaseStream, definition, bytes));
    }

    /// <summary>All that a model is but for its weights, as JSON.</summary>
    public static byte[] Describe(RecurrentModel model) => JsonSerializer.SerializeToUtf8Bytes(Description.Of(model), _json);

    /// <summary>A model of its description and of weights that are read once it is known which there must be.</summary>
    /// <exception cref="InvalidDataException">The description is of no model.</exception>
    public static RecurrentModel Restore(byte[] bytes, Func<NetworkDefinition, Parameters<float>> readWeights)
    {
        Description description = Parse(bytes);
        description.Network.Validate();
        TaskOutputs outputs = RestoreOutputs(description);
        return new(description.Features, outputs, new(description.Network, description.Normalization, readWeights(description.Network)), description.Training, InsideOf(description));
    }

    private static Description Parse(byte[] bytes)
    {
        try
        {
            int version = JsonSerializer.Deserialize<VersionOnly>(bytes, _json)?.Format ?? 0;
            if (version > FormatVersion)
                throw new InvalidDataException($"The model has format {version}; this version of MlNetRecurrent reads formats up to {FormatVersion}. Use a newer one.");
            return JsonSerializer.Deserialize<Description>(bytes, _json) ?? throw new InvalidDataException("The model is damaged: its description is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The model is damaged: its description cannot be read. {e.Message}", e);
        }
    }

    private static TaskOutputs RestoreOutputs(Description description)
    {
        NetworkDefinition network = description.Network;
        bool consistent = description.Outputs.Count == network.Outputs
            && description.Features.Tokens == network.Tokens
            && (description.Features.HoldsTokens || description.Features.Features == network.Features)
            && description.Normalization.Mean.Length == description.Normalization.Scale.Length
            && (description.Features.HoldsTokens || description.Normalization.Mean.Length == network.Features);
        if (!consistent)
            throw new InvalidDataException("The model is damaged: its description contradicts itself.");
        TaskOutputs outputs = TaskOutputs.Restore(description.Outputs);
        return outputs.Count == network.Outputs ? outputs : throw new InvalidDataException("The model is damaged: its description contradicts itself.");
    }

    private static InsideColumns InsideOf(Description description) => description.StackActionsColumnName is null || description.Network.StackLayer is not null
        ? new(description.EncodingColumnName, description.StackActionsColumnName)
        : throw new InvalidDataException("The model is damaged: it has a column of stack actions but no stacks.");

    private sealed record VersionOnly(int Format);

    private sealed record Description
    {
        public required int Format { get; init; }

        public required SequenceColumn Features { get; init; }

        public required OutputDescription Outputs { get; init; }

        public required NetworkDefinition Network { get; init; }

        public required FeatureNormalization Normalization { get; init; }

        public required TrainingSummary Training { get; init; }

        public string? EncodingColumnName { get; init; }

        public string? StackActionsColumnName { get; init; }

        public static Description Of(RecurrentModel model) => new()
        {
            Format = FormatVersion,
            Features = model.Features,
            Outputs = model.Outputs.Describe(),
            Network = model.Network.Definition,
            Normalization = model.Network.Normalization,
            Training = model.Training,
            EncodingColumnName = model.Inside.Encoding,
            StackActionsColumnName = model.Inside.StackActions,
        };
    }
}
