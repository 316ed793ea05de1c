using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>
/// A model in a stream: a JSON description in the <see cref="DescriptionFormat"/> and the weights in the <see cref="WeightFormat"/>, whose
/// checksum covers both.
/// </summary>
internal static class ModelFile
{
    private const string Subject = "model";

    public static void Write(BinaryWriter writer, TrainedModel model)
    {
        byte[] description = Describe(model);
        DescriptionFormat.Write(writer.BaseStream, description);
        WeightFormat.Write(writer.BaseStream, model.Network.Definition, model.Network.Parameters, description);
    }

    /// <param name="reader">The source.</param>
    /// <param name="budget">The sizes of the other parts of the file; <see langword="null"/> where there are none.</param>
    /// <exception cref="InvalidDataException">The stream holds no model, or one that is cut short, damaged or too new.</exception>
    public static TrainedModel Read(BinaryReader reader, LoadBudget? budget = null)
    {
        byte[] bytes = new DescriptionFormat(Subject).Read(reader.BaseStream, budget);
        return Restore(bytes, definition => WeightFormat.Read(reader.BaseStream, definition, bytes, budget));
    }

    /// <summary>The description of a model as JSON.</summary>
    public static byte[] Describe(TrainedModel model) => DescriptionJson.Write(ModelDescription.Of(model));

    /// <summary>Restores a model from its description. The weights are read once the description has been checked.</summary>
    /// <exception cref="InvalidDataException">The description is not that of a model, or a weight is not a finite number.</exception>
    public static TrainedModel Restore(byte[] bytes, Func<NetworkDefinition, Parameters<float>> readWeights)
    {
        int version = DescriptionJson.Read<VersionOnly>(bytes, Subject).Format;
        if (version > ModelDescription.CurrentFormat)
        {
            throw new InvalidDataException(
                $"The model has format {version}; this version of MlNetRecurrent reads formats up to "
                + $"{ModelDescription.CurrentFormat}. Use a newer one.");
        }
        var description = DescriptionJson.Read<ModelDescription>(bytes, Subject);
        TaskOutputs outputs = description.Restore();
        Parameters<float> weights = readWeights(description.Network);
        ThrowIfNotFinite(weights, description.Network);
        return new(
            description.RestoreInputs(), outputs, new(description.Network, description.Normalization, weights), description.Training,
            new(description.EncodingColumnName, description.StackActionsColumnName));
    }

    public static void ThrowIfNotFinite(Parameters<float> weights, NetworkDefinition network)
    {
        if (AreFinite(weights.Values.Span))
            return;
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
            {
                for (int column = 0; column < tensor.Columns; column++)
                {
                    float weight = weights.Values.Span[(int)tensor.Position(row, column)];
                    if (!float.IsFinite(weight))
                    {
                        throw new InvalidDataException(FormattableString.Invariant(
                            $"The model is damaged: weight [{row}, {column}] of {tensor.Name} is {weight}."));
                    }
                }
            }
        }
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }

    private sealed record VersionOnly(int Format);
}
